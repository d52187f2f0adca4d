package io.httptrace.cli;

import io.httptrace.cli.body.Payload;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CommandSyntax;
import io.httptrace.cli.options.CommandSyntax.Parsed;
import io.httptrace.cli.options.ConnectionOptions;
import io.httptrace.cli.options.Target;
import io.httptrace.cli.request.BodyOutput;
import io.httptrace.cli.request.Clients;
import io.httptrace.cli.request.Requests;
import io.httptrace.cli.request.RunRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/**
 * The command as a whole: from its arguments to its output and exit code.
 *
 * @param shell the environment it runs in
 * @param pace how long the embedded server takes
 */
record Command(Shell shell, DemoPace pace) {

  /**
   * {@return the exit code} If output could not be written, that is an error.
   *
   * @param args the arguments
   */
  ExitCode run(String... args) {
    ExitCode exitCode = runUnchecked(args);
    String unwritten = shell.unwritten();
    if (exitCode != ExitCode.OK || unwritten == null) {
      return exitCode;
    }
    RequestReport.complain(shell, unwritten);
    return ExitCode.WRITE_ERROR;
  }

  private ExitCode runUnchecked(String... args) {
    try {
      if (args.length > 0 && args[0].equals("attach")) {
        return new AttachRun(shell).run(Arrays.copyOfRange(args, 1, args.length));
      }
      WarmUp warmUp = WarmUp.begin(args);
      Parsed parsed = CommandSyntax.parse(version(), shell.stdin(), args);
      CommandOptions options = parsed.options();
      if (options == null) {
        shell.stdout().print(String.valueOf(parsed.text()));
        return ExitCode.OK;
      }
      Target target = options.target();
      return target == null
          ? new DemoRun(shell, pace).run(options, version())
          : request(options, target, warmUp);
    } catch (CommandException e) {
      RequestReport.complain(shell, e.getMessage());
      return e.exitCode();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      RequestReport.complain(shell, "internal error: " + e);
      return ExitCode.INTERNAL;
    }
  }

  private ExitCode request(CommandOptions options, Target target, WarmUp warmUp)
      throws CommandException, GeneralSecurityException {
    Payload payload = Payload.of(options.request(), shell.stdin());
    HttpRequest request = Requests.of(options, target.uri(), target.userInfo(), payload, version());
    CookieStore cookies = CookieStore.open(options.followUps().cookies(), shell);
    RequestReport report = new RequestReport(shell, options);
    BodyOutput body =
        BodyOutput.to(options.output().body(), shell.stdout(), shell.stdoutIsTerminal());
    ConnectionOptions connection = options.connection();
    ExitCode exitCode;
    try (TracingHttpClient client =
        Clients.of(options, target, cookies.jar(), shell.environment())) {
      warmUp.finish(target.isSecure(), connection.protocol());
      RunRequest run =
          new RunRequest(client, request, body, connection.maxTime(), shell.outputFailed());
      RunRequest.Result result = run.run(report.listener());
      exitCode = report.show(result, body, Duration.ZERO);
    }
    return cookies.save(shell, report.end(exitCode));
  }

  /** {@return the version of the module, or of the one jar; classes outside of both have none} */
  private static String version() {
    ModuleDescriptor module = Command.class.getModule().getDescriptor();
    String ofJar = Command.class.getPackage().getImplementationVersion();
    return module == null
        ? Objects.requireNonNullElse(ofJar, "unversioned")
        : module.rawVersion().orElse("unversioned");
  }
}
