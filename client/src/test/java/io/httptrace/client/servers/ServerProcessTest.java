package io.httptrace.client.servers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot be had fails a test, and says why. */
class ServerProcessTest {
  @TempDir Path directory;

  @Test
  void programThatIsNotInstalled() {
    assertThatThrownBy(() -> ServerProcess.start(directory, 1, "no-such-server"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "no-such-server is not installed. The tests against real servers need the Debian"
                + " packages nginx, libnginx-mod-stream, tinyproxy-bin and microsocks.");
  }

  @Test
  void programThatEndsBeforeItListens() throws Exception {
    int port = ServerProcess.freePort();

    assertThatThrownBy(
            () -> ServerProcess.start(directory, port, "sh", "-c", "echo it is broken; exit 1"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("sh does not listen on port " + port + "; it says:\nit is broken\n");
  }
}
