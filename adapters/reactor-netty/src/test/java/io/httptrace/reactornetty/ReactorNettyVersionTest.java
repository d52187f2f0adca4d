package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.Version;
import org.junit.jupiter.api.Test;

/** The versions of Reactor Netty that it works with, and the one before. */
final class ReactorNettyVersionTest {
  /** What 1.1 has not: {@code http3SettingsSpec}. */
  private static final class OlderConfig {}

  @Test
  void theTestsRunWithTheVersionsTheyAreMeantFor() {
    String netty = Version.identify().get("netty-common").artifactVersion().substring(0, 3);

    assertThat(ReactorNettyVersion.version())
        .isEqualTo(System.getProperty("reactor-netty.expected"));
    assertThat(netty).isEqualTo(System.getProperty("netty.expected"));
  }

  @Test
  void anOlderVersionIsRefusedWithAClearError() {
    assertThatThrownBy(() -> ReactorNettyVersion.check(OlderConfig.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "httptrace needs Reactor Netty 1.2 or newer, and this is "
                + ReactorNettyVersion.version());
  }
}
