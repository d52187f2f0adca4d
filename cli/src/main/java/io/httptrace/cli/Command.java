package io.httptrace.cli;

import io.httptrace.cli.body.Payload;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CommandOptions.RequestOptions;
import io.httptrace.cli.options.CommandSyntax;
import io.httptrace.cli.options.CommandSyntax.Parsed;
import io.httptrace.cli.options.LoadPlan;
import io.httptrace.cli.options.Target;
import io.httptrace.cli.request.Clients;
import io.httptrace.cli.request.Interruption;
import io.httptrace.cli.request.Requests;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
      Parsed parsed = CommandSyntax.parse(version(), shell.stdin(), withOwnFile(args));
      CommandOptions first = parsed.options();
      if (first == null) {
        shell.stdout().print(String.valueOf(parsed.text()));
        return ExitCode.OK;
      }
      Target target = first.target();
      if (target == null) {
        return new DemoRun(shell, pace).run(first, version());
      }
      LoadPlan plan = first.measure().plan();
      return plan == null
          ? requests(parsed.all(), warmUp)
          : new MeasureRun(shell, first, plan).run(target, version(), warmUp);
    } catch (CommandException e) {
      RequestReport.complain(shell, e.getMessage());
      return e.exitCode();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      RequestReport.complain(shell, "internal error: " + e);
      return ExitCode.INTERNAL;
    }
  }

  /** {@return the arguments, after those of the user's own file, if there is one} */
  private String[] withOwnFile(String... args) throws IOException {
    boolean disabled = args.length > 0 && (args[0].startsWith("-q") || args[0].equals("--disable"));
    String home = shell.environment().getOrDefault("HOME", "");
    String file = home + "/.httptracerc";
    if (disabled || home.isEmpty() || !Files.isRegularFile(new LocalFile(file).path())) {
      return args;
    }
    return Stream.concat(Stream.of("-K", file), Stream.of(args)).toArray(String[]::new);
  }

  /** Requests one URL after the other. The exit code is that of the last one, as with curl. */
  private ExitCode requests(List<CommandOptions> all, WarmUp warmUp)
      throws CommandException, GeneralSecurityException {
    CommandOptions first = all.get(0);
    List<Target> targets =
        all.stream().map(CommandOptions::target).map(Objects::requireNonNull).toList();
    List<HttpRequest> requests = requests(all, targets);
    CookieStore cookies = CookieStore.open(first.followUps().cookies(), shell);
    RequestReport report = new RequestReport(shell, all);
    try (Interruption interruption = new Interruption()) {
      FollowRun runs = new FollowRun(report, first.output(), interruption);
      ExitCode exitCode =
          runs.run(
              () -> {
                try (TracingHttpClient client =
                    Clients.of(first, targets, cookies.jar(), shell.environment())) {
                  if (runs.isFirst()) {
                    finish(warmUp, targets, first);
                    interruption.listen();
                  }
                  return transfer(client, all, requests, runs);
                }
              });
      return cookies.save(shell, report.end(exitCode));
    }
  }

  private static void finish(WarmUp warmUp, List<Target> targets, CommandOptions options) {
    for (boolean secure : targets.stream().map(Target::isSecure).distinct().toList()) {
      warmUp.finish(secure, options.connection().protocol());
    }
  }

  private ExitCode transfer(
      TracingHttpClient client,
      List<CommandOptions> all,
      List<HttpRequest> requests,
      FollowRun runs) {
    ExitCode exitCode = ExitCode.OK;
    for (int i = 0; i < all.size() && shell.unwritten() == null; i++) {
      if (runs.interruption().requested().isDone()) {
        break;
      }
      if (i > 0) {
        runs.report().gap();
      }
      exitCode = new Transfer(runs, client, all.get(i), i).run(requests.get(i));
    }
    return exitCode;
  }

  /** What several requests have in common, such as data on standard input, is read once. */
  private List<HttpRequest> requests(List<CommandOptions> all, List<Target> targets)
      throws CommandException {
    List<HttpRequest> requests = new ArrayList<>();
    RequestOptions read = null;
    Payload payload = Payload.NONE;
    for (int i = 0; i < all.size(); i++) {
      CommandOptions options = all.get(i);
      if (!options.request().equals(read)) {
        read = options.request();
        payload = Payload.of(read, shell.stdin());
      }
      Target target = targets.get(i);
      requests.add(Requests.of(options, target.uri(), target.userInfo(), payload, version()));
    }
    return requests;
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
