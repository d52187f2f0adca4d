package io.httptrace.benchmarks.runner;

import io.httptrace.benchmarks.peer.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The server, which lives as long as the run. It runs on the JDK of this process. */
final class ServerProcess implements AutoCloseable {
  private static final String READY = "READY ";
  private static final String MAIN = "io.httptrace.benchmarks.server.BenchServer";

  private final Process process;
  private final Map<String, String> ports = new HashMap<>();
  private boolean onSharedCore;

  ServerProcess(String classPath, Path certificates, Path log) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms256m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            MAIN,
            certificates.toString());
    process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader output = process.inputReader(Charset.defaultCharset());
    String line = output.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroy();
      throw new IOException("the server did not start; see " + log);
    }
    for (String port : line.substring(READY.length()).split(" ", -1)) {
      int equals = port.indexOf('=');
      ports.put(port.substring(0, equals), port.substring(equals + 1));
    }
  }

  private String port(String key) {
    String port = ports.get(key);
    if (port == null) {
      throw new IllegalStateException("the server has no port " + key);
    }
    return port;
  }

  String port(Workload workload) {
    return port(workload.protocol().key());
  }

  String countersPort() {
    return port("counters");
  }

  /** Moves it to where a workload wants it. */
  void moveFor(Workload workload) throws IOException, InterruptedException {
    if (workload.onOneCore() != onSharedCore) {
      Cores.move(process, workload.onOneCore());
      onSharedCore = workload.onOneCore();
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
