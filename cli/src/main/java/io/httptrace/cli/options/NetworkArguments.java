package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of curl for TLS versions, and for this end of the connection. */
final class NetworkArguments {
  private @Nullable String leastTls;

  @Option(
      names = "--tls-max",
      paramLabel = "VERSION",
      description = "The highest version of TLS: 1.2 or 1.3.")
  private @Nullable String mostTls;

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      description = "Connect from this device or address of this machine.")
  private @Nullable String device;

  @Option(
      names = "--connect-to",
      paramLabel = "HOST:PORT:TO:PORT",
      description = "Connect to another host and port; a part that is empty is any, or the same.")
  private List<String> connectTo = new ArrayList<>();

  @Option(names = "--unix-socket", paramLabel = "PATH", hidden = true)
  private @Nullable String unixSocket;

  @Option(
      names = {"-1", "--tlsv1", "--tlsv1.0", "--tlsv1.1", "--tlsv1.2"},
      description = "Use TLS 1.2 or newer, as without it; older ones are not supported.")
  void tls12(boolean given) {
    leastTls = given ? "1.2" : leastTls;
  }

  @Option(names = "--tlsv1.3", description = "Use TLS 1.3 or newer.")
  void tls13(boolean given) {
    leastTls = given ? "1.3" : leastTls;
  }

  TlsVersions tlsVersions() throws CommandException {
    return TlsVersions.between(leastTls, mostTls);
  }

  List<ConnectToEntry> connectTo() throws CommandException {
    List<ConnectToEntry> entries = new ArrayList<>();
    for (String entry : connectTo) {
      entries.add(ConnectToEntry.parse(entry));
    }
    return entries;
  }

  @Nullable String device() throws CommandException {
    if (unixSocket != null) {
      throw CommandException.usage(
          "--unix-socket: a Unix domain socket is not supported, only TCP is");
    }
    return device;
  }
}
