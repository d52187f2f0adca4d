package io.httptrace.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.route.HttpVersions;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an engine is set up with: the caller's parameters, and what HTTP asks for. */
class TlsConfigTest {
  private static SSLEngine engine(@Nullable SSLParameters parameters, String host)
      throws Exception {
    return new TlsConfig(context(), parameters).engine(host, 443, HttpVersions.HTTP_1_1);
  }

  private static SSLContext context() throws NoSuchAlgorithmException {
    return SSLContext.getDefault();
  }

  @Test
  void theNameIsSentAndChecked() throws Exception {
    SSLEngine engine = engine(null, "a.test");

    assertThat(engine.getUseClientMode()).isTrue();
    assertThat(engine.getPeerHost()).isEqualTo("a.test");
    assertThat(engine.getPeerPort()).isEqualTo(443);
    assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(engine.getSSLParameters().getServerNames())
        .containsExactly(new SNIHostName("a.test"));
    assertThat(TlsConfig.serverName(engine)).isEqualTo("a.test");
  }

  @Test
  void anAddressIsCheckedButNotSent() throws Exception {
    for (String literal : List.of("127.0.0.1", "::1")) {
      SSLEngine engine = engine(null, literal);

      assertThat(TlsConfig.serverName(engine)).isEmpty();
      assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    }
  }

  @Test
  void theDotAtTheEndOfANameIsNotSent() throws Exception {
    assertThat(TlsConfig.serverName(engine(null, "a.test."))).isEqualTo("a.test");
  }

  @Test
  void theCallersParametersCount() throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.2"});
    parameters.setCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    parameters.setServerNames(List.of(new SNIHostName("front.test")));
    parameters.setUseCipherSuitesOrder(false);
    SSLEngine engine = engine(parameters, "a.test");

    assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.2");
    assertThat(engine.getEnabledCipherSuites())
        .containsExactly("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    assertThat(TlsConfig.serverName(engine)).isEqualTo("front.test");
    assertThat(engine.getSSLParameters().getUseCipherSuitesOrder()).isFalse();
    assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
  }

  @Test
  void whatTheCallerLeftOutIsTheContexts() throws Exception {
    SSLEngine engine = engine(new SSLParameters(), "a.test");

    SSLEngine plain = context().createSSLEngine();
    plain.setUseClientMode(true);
    assertThat(engine.getEnabledProtocols()).isEqualTo(plain.getEnabledProtocols());
    assertThat(engine.getEnabledCipherSuites()).isEqualTo(plain.getEnabledCipherSuites());
    assertThat(TlsConfig.serverName(engine)).isEqualTo("a.test");
  }

  @Test
  void theCallerMaySendNoName() throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setServerNames(List.of());

    assertThat(TlsConfig.serverName(engine(parameters, "a.test"))).isEmpty();
  }

  @Test
  void theCallerMayHaveNamesCheckedInAnotherWay() throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("LDAPS");

    assertThat(engine(parameters, "a.test").getSSLParameters().getEndpointIdentificationAlgorithm())
        .isEqualTo("LDAPS");
  }

  @Test
  void http2IsOfferedInPlaceOfTheProtocolsOfTheCaller() throws Exception {
    SSLEngine engine =
        new TlsConfig(context(), protocols("x", "h2")).engine("a.test", 443, HttpVersions.BY_ALPN);

    assertThat(engine.getSSLParameters().getApplicationProtocols())
        .containsExactly("h2", "http/1.1");
  }

  @Test
  void http2IsNotOfferedWhereItIsNotWanted() throws Exception {
    SSLEngine engine = engine(protocols("x", "h2", "http/1.1"), "a.test");

    assertThat(engine.getSSLParameters().getApplicationProtocols())
        .containsExactly("x", "http/1.1");
  }

  private static SSLParameters protocols(String... protocols) {
    SSLParameters parameters = new SSLParameters();
    parameters.setApplicationProtocols(protocols);
    return parameters;
  }
}
