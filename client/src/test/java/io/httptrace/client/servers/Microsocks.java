package io.httptrace.client.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A SOCKS5 proxy. */
final class Microsocks implements AutoCloseable {
  private final int port;
  private final ServerProcess process;

  private Microsocks(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a proxy.
   *
   * @param directory where it runs
   * @param arguments more arguments, such as those for a user and a password
   */
  static Microsocks start(Path directory, String... arguments)
      throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    Stream<String> all =
        Stream.concat(
            Stream.of("-i", "127.0.0.1", "-p", Integer.toString(port)), Stream.of(arguments));
    return new Microsocks(
        port, ServerProcess.start(directory, port, "microsocks", all.toArray(String[]::new)));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
