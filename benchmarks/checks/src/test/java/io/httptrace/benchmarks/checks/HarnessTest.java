package io.httptrace.benchmarks.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.benchmarks.peer.PeerConfig;
import io.httptrace.benchmarks.peer.Workload;
import io.httptrace.benchmarks.server.BenchServer;
import io.httptrace.benchmarks.worker.Worker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The harness and its server understand each other; nothing here is about time. */
class HarnessTest {
  private final BenchServer server = new BenchServer(null);

  @AfterEach
  void close() {
    server.close();
  }

  private PeerOnDefaults peer(Workload workload) {
    return new PeerOnDefaults(
        new PeerConfig(
            workload.protocol(),
            server.plainPort(),
            workload.concurrency(),
            Path.of("."),
            Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync1", "post1k", "async64", "get1m"})
  void aWorkloadGetsTheBodyItExpects(String name) throws Exception {
    Workload workload = Workload.of(name);
    try (PeerOnDefaults peer = peer(workload)) {
      for (int i = 0; i < 3; i++) {
        long bytes =
            switch (workload.operation()) {
              case GET -> peer.get(workload.path()).length;
              case POST -> peer.post(workload.path(), new byte[workload.requestBytes()]).length;
              case DOWNLOAD -> peer.download(workload.path());
              case ASYNC_GET -> peer.getAsync(workload.path()).get();
            };
        assertThat(bytes).isEqualTo(workload.responseBytes());
      }
    }
  }

  @Test
  void aMeasurementEndsWithALineOfFigures() {
    try (ChildProcess worker =
        ChildProcess.start(
            List.of(),
            Worker.class,
            "--class",
            PeerOnDefaults.class.getName(),
            "--options",
            "",
            "--workload",
            "sync1",
            "--port",
            Integer.toString(server.plainPort()),
            "--counters-port",
            Integer.toString(server.countersPort()),
            "--certificates",
            ".",
            "--warm-up",
            "0.1",
            "--window",
            "0.1",
            "--windows",
            "1")) {
      assertThat(worker.readLine())
          .startsWith("RESULT status=ok java=")
          .contains(" errors=0 ", " requests=", " cpu_us=", " alloc_b=", " server_reqs=");
      assertThat(worker.waitFor()).isZero();
    }
  }
}
