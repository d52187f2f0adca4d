package io.httptrace.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.TlsConnectionState;
import java.lang.reflect.Proxy;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a session, also of one that cannot tell everything. */
class TlsStatesTest {
  private static final String TOLD =
      "{TLSv1.3 TLS_AES_128_GCM_SHA256 ALPN:h2 Resumed:false ServerName:a.test}";

  private static final Certificate CERTIFICATE =
      new Certificate("none") {
        @Override
        public byte[] getEncoded() {
          return new byte[0];
        }

        @Override
        public void verify(PublicKey key) {}

        @Override
        public void verify(PublicKey key, String provider) {}

        @Override
        public String toString() {
          return "certificate";
        }

        @Override
        public PublicKey getPublicKey() {
          throw new UnsupportedOperationException();
        }
      };

  /** {@return a session of the year 1970} It throws if it is asked for what is left out. */
  private static SSLSession session(String... leftOut) {
    Map<String, Object> answers = new HashMap<>();
    answers.put("getProtocol", "TLSv1.3");
    answers.put("getCipherSuite", "TLS_AES_128_GCM_SHA256");
    answers.put("getCreationTime", 1_000L);
    answers.put("getPeerCertificates", new Certificate[] {CERTIFICATE});
    for (String name : leftOut) {
      answers.remove(name);
    }
    Map<Object, Object> values = new HashMap<>();
    return (SSLSession)
        Proxy.newProxyInstance(
            TlsStatesTest.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (proxy, method, arguments) -> {
              if (List.of(leftOut).contains(method.getName())) {
                throw new UnsupportedOperationException(method.getName());
              }
              return switch (method.getName()) {
                case "getValue" -> values.get(arguments[0]);
                case "putValue" -> {
                  values.put(arguments[0], arguments[1]);
                  yield null;
                }
                default -> answers.get(method.getName());
              };
            });
  }

  @Test
  void aSessionIsToldInFull() {
    TlsConnectionState state = TlsStates.of(session(), "h2", "a.test");

    assertThat(state).hasToString(TOLD);
    assertThat(state.peerCertificates()).containsExactly(CERTIFICATE);
  }

  // ---- Resumption

  @Test
  void aSessionThatWasSeenBeforeIsResumed() {
    SSLSession session = session();

    assertThat(TlsStates.of(session, "", "").resumed()).isFalse();
    assertThat(TlsStates.of(session, "", "").resumed()).isTrue();
    assertThat(TlsStates.of(session(), "", "").resumed()).isFalse();
  }

  @Test
  void aSessionThatWasMadeBeforeTheHandshakeIsResumed() {
    assertThat(TlsStates.of(session(), "", "", 999).resumed()).isFalse();
    assertThat(TlsStates.of(session(), "", "", 1_000).resumed()).isFalse();
    assertThat(TlsStates.of(session(), "", "", 1_001).resumed()).isTrue();
  }

  // ---- What is not told

  @ParameterizedTest
  @ValueSource(strings = {"getValue", "putValue", "getCreationTime"})
  void aSessionThatKeepsNothingIsNotResumed(String missing) {
    SSLSession session = session(missing);
    TlsStates.of(session, "h2", "a.test");

    assertThat(TlsStates.of(session, "h2", "a.test")).hasToString(TOLD);
  }

  @Test
  void theRestIsToldOfASessionThatCannotTellOne() {
    assertThat(TlsStates.of(session("getProtocol"), "h2", "a.test"))
        .hasToString(TOLD.replace("TLSv1.3", ""));
    assertThat(TlsStates.of(session("getCipherSuite"), "h2", "a.test"))
        .hasToString(TOLD.replace("TLS_AES_128_GCM_SHA256", ""));
    TlsConnectionState state = TlsStates.of(session("getPeerCertificates"), "h2", "a.test");
    assertThat(state).hasToString(TOLD);
    assertThat(state.peerCertificates()).isEmpty();
  }

  @Test
  void aPeerWithoutACertificateHasNone() {
    SSLSession session =
        (SSLSession)
            Proxy.newProxyInstance(
                TlsStatesTest.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("getPeerCertificates")) {
                    throw new SSLPeerUnverifiedException("none");
                  }
                  return method.getReturnType() == long.class ? (Object) 0L : null;
                });

    assertThat(TlsStates.of(session, "h2", "a.test"))
        .hasToString("{  ALPN:h2 Resumed:false ServerName:a.test}");
    assertThat(TlsStates.of(session, "h2", "a.test").peerCertificates()).isEmpty();
  }

  // ---- Engines and sockets. Handshakes are made in the tests of the adapters.

  private static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setServerNames(List.of(new SNIHostName("a.test")));
    return parameters;
  }

  @Test
  void anEngineTellsTheNameItSends() throws NoSuchAlgorithmException {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    assertThat(TlsStates.of(engine).serverName()).isEmpty();

    engine.setSSLParameters(parameters());

    TlsConnectionState state = TlsStates.of(engine, 0);
    assertThat(state.serverName()).isEqualTo("a.test");
    assertThat(state.version()).isEqualTo(engine.getSession().getProtocol());
    assertThat(state.applicationProtocol()).isEmpty();
  }

  @Test
  void aSocketTellsTheNameItSends() throws Exception {
    try (SSLSocket socket = (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket()) {
      assertThat(TlsStates.of(socket).serverName()).isEmpty();

      socket.setSSLParameters(parameters());

      TlsConnectionState state = TlsStates.of(socket, 0);
      assertThat(state.serverName()).isEqualTo("a.test");
      assertThat(state.version()).isEqualTo(socket.getSession().getProtocol());
      assertThat(state.applicationProtocol()).isEmpty();
    }
  }
}
