package io.httptrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerIdentityTest {

  @ParameterizedTest
  @CsvSource({"RSA, EC", "EC, RSA"})
  void thoseThatAreKnownAreTrustedByWhoKnowsThemOnly(String algorithm, String other)
      throws Exception {
    ServerIdentity identity = ServerIdentity.known(algorithm);
    X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
    X509TrustManager stranger = ServerIdentity.known(other).clientTrust();

    identity.clientTrust().checkServerTrusted(chain, "UNKNOWN");

    assertThat(identity.host()).isEqualTo("localhost");
    assertThat(chain).extracting(one -> one.getPublicKey().getAlgorithm()).containsOnly(algorithm);
    assertThat(chain)
        .allMatch(one -> one.getNotBefore().toInstant().equals(Instant.EPOCH))
        .allMatch(one -> one.getNotAfter().toInstant().toString().startsWith("9999-"));
    assertThatThrownBy(() -> stranger.checkServerTrusted(chain, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }
}
