package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.demo.DemoServer;
import io.httptrace.cli.failure.ExitCode;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code --interface}, {@code --connect-to} and the versions of TLS. */
final class NetworkOptionsTest {
  private static final String NOT_OURS = "192.0.2.1"; // for documentation (RFC 5737)

  @Test
  void connectsFromTheAddressOfADevice() throws Exception {
    String loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()).getName();
    try (Site site = Site.of(head -> Site.ok("hello"))) {
      for (String name : new String[] {"127.0.0.1", loopback, "if!" + loopback, "host!127.0.0.1"}) {
        Ended ended =
            CommandRun.of("-s", "-w", "%{local_ip}", "-4", "--interface", name, site.url("/"));

        assertThat(ended).as(name).isEqualTo(new Ended(ExitCode.OK, "127.0.0.1", ""));
      }
    }
  }

  @Test
  void connectsToAnotherPlace() {
    try (Site site = Site.of(head -> Site.ok("hello"))) {
      Ended ended =
          CommandRun.of(
              "--connect-to",
              "a.test:81:127.0.0.1:" + site.port(),
              "-s",
              "-w",
              "%{remote_port} %{url}",
              "http://a.test:81/");

      assertThat(ended).isEqualTo(new Ended(ExitCode.OK, site.port() + " http://a.test:81/", ""));
      assertThat(site.sent("Host")).containsExactly(List.of("a.test:81"));
    }
  }

  @Test
  void doesNotConnectToAnotherPlaceThanTheProxy() {
    assertThat(CommandRun.of("--connect-to", "::b.test:", "-x", "p.test", "http://a.test/"))
        .isEqualTo(
            new Ended(ExitCode.USAGE, "", "httptrace: --connect-to: not supported with a proxy\n"));
  }

  @Test
  void aDeviceThatIsNotThereIsNamed() {
    for (String name : new String[] {"if!no-such", NOT_OURS}) {
      assertThat(CommandRun.of("--interface", name, "http://127.0.0.1:1/"))
          .isEqualTo(
              new Ended(
                  ExitCode.INTERFACE,
                  "",
                  "httptrace: --interface: this machine has no such address: '" + name + "'\n"));
    }
  }

  @Test
  void speaksTheVersionOfTlsThatIsAskedFor() throws Exception {
    try (DemoServer server = DemoServer.start(DemoPace.hurried())) {
      String url = "https://localhost:" + server.uri().getPort() + "/";

      assertThat(CommandRun.of("-k", "--tls-max", "1.2", url).out()).contains("\nTLSv1.2 ");
      assertThat(CommandRun.of("-k", "--tlsv1.3", url).out()).contains("\nTLSv1.3 ");
    }
  }
}
