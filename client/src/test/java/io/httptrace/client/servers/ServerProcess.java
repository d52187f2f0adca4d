package io.httptrace.client.servers;

import io.httptrace.conformance.time.Waiting;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, which listens on a port of loopback. */
final class ServerProcess implements AutoCloseable {
  private static final long LIMIT_SECONDS = Waiting.LIMIT.toSeconds();
  private static final long POLL_MILLIS = 20;
  private static final String PACKAGES = "nginx, libnginx-mod-stream, tinyproxy-bin and microsocks";

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a server, and waits until it listens.
   *
   * @param directory where it runs, and where what it prints is kept
   * @param port the port it is told to listen on
   * @param program the name of the program
   * @param arguments its arguments
   */
  static ServerProcess start(Path directory, int port, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(find(program).toString());
    command.addAll(List.of(arguments));
    Path output = directory.resolve(program + ".output");
    ServerProcess server =
        new ServerProcess(
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
    if (!server.listensSoon(port)) {
      server.close();
      throw new AssertionError(
          program + " does not listen on port " + port + "; it says:\n" + Files.readString(output));
    }
    return server;
  }

  /** {@return a port nobody listens on} */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Servers are in directories that are not on everyone's path. */
  private static Path find(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Stream.of(path.split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    program
                        + " is not installed. The tests against real servers need the Debian"
                        + " packages "
                        + PACKAGES
                        + "."));
  }

  private boolean listensSoon(int port) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (System.nanoTime() < end) {
      if (listens(port)) {
        return process.isAlive();
      }
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      // A socket that was given this very port has reached itself.
      return socket.getLocalPort() != port;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ends the process, by force if it does not end when asked to. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, LIMIT_SECONDS, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      process.destroyForcibly().onExit().join();
    }
  }
}
