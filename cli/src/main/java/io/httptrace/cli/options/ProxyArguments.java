package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.ConnectionOptions.ProxyOptions;
import io.httptrace.cli.text.OptionText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which proxy to use. */
final class ProxyArguments {

  @Option(
      names = {"-x", "--proxy"},
      paramLabel = "[SCHEME://]HOST[:PORT]",
      description =
          "The proxy to use: http, https, socks5 or socks5h, with user:password@ if it asks. '' "
              + "is none, whatever the environment says.")
  private @Nullable String url;

  @Option(
      names = {"-U", "--proxy-user"},
      paramLabel = "USER:PASSWORD",
      description = "User and password for the proxy.")
  private @Nullable String user;

  @Option(
      names = "--noproxy",
      paramLabel = "HOST[,HOST]...",
      description = "Hosts to connect to without a proxy; '*' is all.")
  private @Nullable String exceptions;

  ProxyOptions toOptions() throws CommandException {
    return new ProxyOptions(url, OptionText.user("-U", user), exceptions);
  }
}
