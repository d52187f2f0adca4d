package io.httptrace.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisabledSchemesTest {

  @AfterEach
  void forget() {
    System.clearProperty(DisabledSchemes.TUNNELING);
    System.clearProperty(DisabledSchemes.PROXYING);
  }

  @Test
  void basicOpensNoTunnelsAsTheJdkComes() {
    assertThat(DisabledSchemes.of(true)).containsExactly("basic");
    assertThat(DisabledSchemes.of(false)).isEmpty();
  }

  @Test
  void propertiesAreLists() {
    System.setProperty(DisabledSchemes.TUNNELING, " Basic , DIGEST,,");
    System.setProperty(DisabledSchemes.PROXYING, "Digest");
    assertThat(DisabledSchemes.of(true)).containsExactlyInAnyOrder("basic", "digest");
    assertThat(DisabledSchemes.of(false)).containsExactly("digest");
  }

  @Test
  void emptyPropertyDisablesNothing() {
    System.setProperty(DisabledSchemes.TUNNELING, "");
    assertThat(DisabledSchemes.of(true)).isEmpty();
  }
}
