package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkPropertiesTest {

  private static ClientConfig with(String property, String value) {
    System.setProperty(property, value);
    try {
      return TracingHttpClient.newBuilder().config;
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void theyAreTheDefaultsOfABuilder() {
    assertThat(with("jdk.httpclient.keepalive.timeout", "7").idleConnectionTimeout)
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(with("jdk.httpclient.connectionPoolSize", "3").maxIdleConnections).isEqualTo(3);
    assertThat(with("jdk.httpclient.maxNonFinalResponses", "9").maxInformationalResponses)
        .isEqualTo(9);
    assertThat(with("jdk.http.maxHeaderSize", "5000").maxResponseHeaderBytes).isEqualTo(5000);
  }

  @Test
  void whatIsNoNumberIsNotHeeded() {
    assertThat(with("jdk.httpclient.keepalive.timeout", "soon").idleConnectionTimeout)
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(with("jdk.httpclient.connectionPoolSize", "").maxIdleConnections).isEqualTo(100);
    assertThat(with("jdk.http.maxHeaderSize", "-1").maxResponseHeaderBytes).isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @CsvSource({"'', false", "true, false", "false, true", "x, true"})
  void namesAreNotCheckedIfItSaysSo(String value, boolean checks) {
    System.setProperty("jdk.internal.httpclient.disableHostnameVerification", value);
    try {
      assertThat(JdkProperties.checksNames()).isEqualTo(checks);
    } finally {
      System.clearProperty("jdk.internal.httpclient.disableHostnameVerification");
    }
    assertThat(JdkProperties.checksNames()).isTrue();
  }
}
