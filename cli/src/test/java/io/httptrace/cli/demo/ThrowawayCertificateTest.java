package io.httptrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ThrowawayCertificateTest {
  private static final Instant NOW = Instant.parse("2049-12-31T23:00:00Z");

  @Test
  void isSignedWithItsOwnKey() throws Exception {
    X509Certificate certificate = ThrowawayCertificate.create("a.test", NOW).certificate();

    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=a.test");
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
  }

  @Test
  void isForTheOneHost() throws Exception {
    X509Certificate certificate = ThrowawayCertificate.create("a.test", NOW).certificate();

    int dnsName = 2;
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(List.of(dnsName, "a.test"));
  }

  @Test
  void isValidFromADayBeforeForNinetyDays() throws Exception {
    X509Certificate certificate = ThrowawayCertificate.create("a.test", NOW).certificate();

    assertThat(certificate.getNotBefore())
        .isEqualTo(Date.from(Instant.parse("2049-12-30T23:00:00Z")));
    assertThat(certificate.getNotAfter())
        .isEqualTo(Date.from(Instant.parse("2050-03-31T23:00:00Z")));
  }

  @Test
  void isAnotherOneEachTime() throws Exception {
    X509Certificate one = ThrowawayCertificate.create("a.test", NOW).certificate();
    X509Certificate other = ThrowawayCertificate.create("a.test", NOW).certificate();

    assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
    assertThat(one.getSerialNumber()).isNotEqualTo(other.getSerialNumber());
  }
}
