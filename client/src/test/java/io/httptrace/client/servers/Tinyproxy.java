package io.httptrace.client.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An HTTP proxy. */
final class Tinyproxy implements AutoCloseable {
  private final int port;
  private final ServerProcess process;

  private Tinyproxy(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a proxy.
   *
   * @param directory where it runs
   * @param settings what to add to its configuration
   */
  static Tinyproxy start(Path directory, String... settings)
      throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    String configuration =
        """
        Port %d
        Listen 127.0.0.1
        Timeout 60
        MaxClients 100
        LogLevel Error
        DisableViaHeader Yes
        %s
        """
            .formatted(port, String.join("\n", settings));
    Files.writeString(directory.resolve("tinyproxy.conf"), configuration);
    return new Tinyproxy(
        port, ServerProcess.start(directory, port, "tinyproxy", "-d", "-c", "tinyproxy.conf"));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
