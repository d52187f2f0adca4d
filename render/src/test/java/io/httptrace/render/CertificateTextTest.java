package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.httptrace.conformance.timelines.HookScript;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a picture says about certificates; time is that of the call. */
final class CertificateTextTest {

  private static CertificateBuilder builder(String subject) {
    return new CertificateBuilder()
        .subject(subject)
        .ecp256()
        .setIsCertificateAuthority(true)
        .notBefore(HookScript.START.minus(Duration.ofDays(10)))
        .notAfter(HookScript.START.plus(Duration.ofDays(62)).plusSeconds(1));
  }

  /** As the builder refuses names with an asterisk: RFC 5280, section 4.2.1.6. */
  private static CertificateBuilder named(String subject, String... names) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      all.write(0x82);
      all.write(name.length());
      all.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    }
    ByteArrayOutputStream extension = new ByteArrayOutputStream();
    extension.writeBytes(new byte[] {0x30, (byte) 0x81, (byte) all.size()});
    extension.writeBytes(all.toByteArray());
    return builder(subject).addExtensionOctetString("2.5.29.17", false, extension.toByteArray());
  }

  private static X509Certificate issued(String issuer, CertificateBuilder own) throws Exception {
    X509Bundle authority = builder(issuer).buildSelfSigned();
    return own.buildIssuedBy(authority).getCertificate();
  }

  private static List<String> lines(String serverName, X509Certificate certificate) {
    return Waterfall.toText(TimelineStories.certified(serverName, certificate))
        .lines()
        .filter(line -> line.startsWith("certificate ") || line.startsWith("issued by "))
        .toList();
  }

  @Test
  void saysForWhichNamesItIsAndWhoIssuedIt() throws Exception {
    X509Certificate certificate =
        issued(
            "CN=R11, O=Let's Encrypt, C=US", named("CN=example.test", "example.test", "*.b.test"));

    assertThat(lines("example.test", certificate))
        .containsExactly(
            "certificate for example.test, *.b.test",
            "issued by R11 (Let's Encrypt), 62 days left");
  }

  @Test
  void ofManyNamesTheOneAskedForIsAmongThoseShown() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 9; i > 0; i--) {
      names.add("a" + i + ".test");
    }
    names.add("*.example.test");
    X509Certificate certificate =
        issued("CN=A B", named("CN=a1.test", names.toArray(String[]::new)));

    assertThat(lines("www.example.test", certificate).get(0))
        .isEqualTo("certificate for *.example.test, a1.test and 8 more");
    assertThat(CertificateText.names(certificate)).isEqualTo(names);
  }

  @Test
  void anOwnerIsNamed() throws Exception {
    X509Certificate certified =
        issued(
            "CN=Foo CA 1, O=Foo\\, Inc.",
            builder("CN=a.test, O=Example\\, Inc.").addSanDnsName("a.test"));
    X509Certificate own = builder("CN=My Server").buildSelfSigned().getCertificate();
    X509Certificate nameless = builder("C=DE, OU=x").buildSelfSigned().getCertificate();

    assertThat(lines("", certified))
        .containsExactly(
            "certificate of Example, Inc. for a.test", "issued by Foo CA 1, 62 days left");
    assertThat(lines("", own))
        .containsExactly("certificate of My Server", "issued by itself, 62 days left");
    assertThat(lines("", nameless).get(0)).contains("OU=x");
  }

  @ParameterizedTest
  @CsvSource({
    "1209602, NONE, 14 days left",
    "1209599, NEUTRAL, only 13 days left",
    "90000, NEUTRAL, only 1 day left",
    "7300, NEUTRAL, only 2 hours left",
    "-7300, BAD, expired 2 hours ago",
    "-200000, BAD, expired 2 days ago"
  })
  void warnsOfOneThatIsAboutToExpire(long seconds, String ink, String text) throws Exception {
    X509Certificate certificate =
        builder("CN=a")
            .notAfter(HookScript.START.plusSeconds(seconds))
            .buildSelfSigned()
            .getCertificate();
    String picture =
        Waterfall.builder()
            .painter((paint, words) -> "<" + paint + " " + words + ">")
            .build()
            .draw(TimelineStories.certified("", certificate));
    String line = "issued by itself, " + text;

    assertThat(picture.lines()).contains(ink.equals("NONE") ? line : "<" + ink + " " + line + ">");
  }

  @Test
  void warnsOfOneThatIsNotValidYet() throws Exception {
    X509Certificate certificate =
        builder("CN=a")
            .notBefore(HookScript.START.plus(Duration.ofDays(2)))
            .buildSelfSigned()
            .getCertificate();

    assertThat(lines("", certificate).get(1))
        .isEqualTo("issued by itself, not valid before 2030-01-04");
  }

  @Test
  void aPeerCannotMoveTheCursorByItsName() throws Exception {
    X509Certificate certificate = builder("CN=a\u001b[2J").buildSelfSigned().getCertificate();

    assertThat(lines("", certificate).get(0)).isEqualTo("certificate of a\\x1b[2J");
  }

  @Test
  void theJsonHasTheNames() throws Exception {
    X509Certificate certificate =
        builder("CN=a.test")
            .addSanDnsName("a.test")
            .addSanIpAddress("::1")
            .addSanIpAddress("192.0.2.7")
            .buildSelfSigned()
            .getCertificate();
    JsonNode json = TimelineSchema.check(TimelineStories.certified("a.test", certificate));
    JsonNode names = json.at("/roundTrips/0/connection/tls/certificates/0/names");

    assertThat(names.toString()).isEqualTo("[\"a.test\",\"::1\",\"192.0.2.7\"]");
  }
}
