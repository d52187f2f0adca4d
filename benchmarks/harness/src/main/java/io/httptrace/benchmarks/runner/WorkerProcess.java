package io.httptrace.benchmarks.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.benchmarks.peer.PeerConfig;
import io.httptrace.benchmarks.peer.Workload;
import io.httptrace.benchmarks.worker.Timing;
import io.httptrace.benchmarks.worker.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs measurements, each in a process of its own. */
final class WorkerProcess {
  private static final String RESULT = "RESULT ";

  /** A handshake is much code that runs seldom: the compiler comes to it late. */
  private static final double WARM_UP_OF_COLD = 2;

  private final Options options;
  private final ServerProcess server;
  private final Path certificates;
  private final ClassPaths classPaths;

  WorkerProcess(Options options, ServerProcess server, Path certificates) {
    this.options = options;
    this.server = server;
    this.certificates = certificates;
    this.classPaths = new ClassPaths(options.home());
  }

  /** {@return what a measurement found; {@code status} is {@code ok} if it can be used} */
  Map<String, String> run(Client client, Workload workload, Timing timing)
      throws IOException, InterruptedException {
    server.moveFor(workload);
    Path log = options.out().resolve("logs").resolve(workload.name() + "-" + client.name());
    Process process =
        new ProcessBuilder(command(client, workload, timing)).redirectError(log.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    Map<String, String> found = new HashMap<>();
    output
        .lines()
        .filter(line -> line.startsWith(RESULT))
        .flatMap(line -> List.of(line.substring(RESULT.length()).split(" ", -1)).stream())
        .forEach(
            pair -> {
              int equals = pair.indexOf('=');
              found.put(pair.substring(0, equals), pair.substring(equals + 1));
            });
    found.putIfAbsent("status", "error");
    return found;
  }

  private List<String> command(Client client, Workload workload, Timing timing) throws IOException {
    List<String> command = new ArrayList<>();
    if (workload.onOneCore()) {
      command.addAll(Cores.shared());
    }
    double warmUp = timing.warmUpSeconds() * (workload.isCold() ? WARM_UP_OF_COLD : 1);
    if (client.isGo()) {
      command.add(options.home().resolve("go/target/httptrace-go").toString());
      warmUp = Math.min(warmUp, 1); // nothing is compiled
    } else {
      command.addAll(java(client));
    }
    command.addAll(List.of("--class", client.type(), "--options", client.options()));
    command.addAll(List.of("--workload", workload.name(), "--port", server.port(workload)));
    command.addAll(List.of("--counters-port", server.countersPort()));
    command.addAll(List.of("--certificates", certificates.toString()));
    command.addAll(List.of("--warm-up", Double.toString(warmUp)));
    command.addAll(List.of("--window", Double.toString(timing.windowSeconds())));
    command.addAll(List.of("--windows", Integer.toString(timing.windows())));
    return command;
  }

  private List<String> java(Client client) throws IOException {
    return List.of(
        options.jdk().resolve("bin/java").toString(),
        "-Xms256m",
        "-Xmx256m",
        "-XX:+UseG1GC",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        // One more compiler than two cores get, so that the warm-up ends sooner.
        "-XX:CICompilerCount=3",
        "-XX:-UseDynamicNumberOfCompilerThreads",
        // With two cores the common pool would have one thread, and up to JDK 24 each
        // asynchronous stage of a future would then start a thread of its own.
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
        // For a client that is given no SSLContext.
        "-Djavax.net.ssl.trustStore=" + certificates.resolve("trust.p12"),
        "-Djavax.net.ssl.trustStorePassword=" + PeerConfig.PASSWORD,
        "-cp",
        classPaths.of(client.module()),
        Worker.class.getName());
  }
}
