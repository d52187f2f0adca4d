package io.httptrace.har;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HarExporterTest {
  private static final HarExporter EXPORTER = HarExporter.create();

  /** {@code fe80::1}. */
  private static final byte[] LINK_LOCAL = {
    (byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
  };

  static Stream<Named<Consumer<HookScript>>> calls() {
    return Stream.of(
        Named.of("cold", SampleTimelines::cold),
        Named.of("pooled", SampleTimelines::pooled),
        Named.of("refused", SampleTimelines::refused),
        Named.of("cancelledBetweenPhases", SampleTimelines::cancelledBetweenPhases),
        Named.of("unknownHost", SampleTimelines::unknownHost),
        Named.of("retried", SampleTimelines::retried));
  }

  private static JsonNode entries(Consumer<HookScript> call) {
    return HarSchema.entries(EXPORTER.toHar(SampleTimelines.of(call)));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void theTimesOfAnEntryAddUpToItsTime(Consumer<HookScript> call) {
    Timeline timeline = SampleTimelines.of(call);
    JsonNode entries = HarSchema.entries(EXPORTER.toHar(timeline));
    assertThat(entries).hasSize(timeline.roundTrips().size());
    for (int i = 0; i < entries.size(); i++) {
      JsonNode timings = entries.get(i).get("timings");
      BigDecimal sum =
          Stream.of("blocked", "dns", "connect", "send", "wait", "receive")
              .map(part -> timings.get(part).decimalValue())
              .filter(time -> time.signum() > 0)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(sum).isEqualByComparingTo(entries.get(i).get("time").decimalValue());
      assertThat(sum)
          .isEqualByComparingTo(
              BigDecimal.valueOf(timeline.roundTrips().get(i).total().toNanos(), 6));
      assertThat(timings.get("ssl").decimalValue())
          .isLessThanOrEqualTo(timings.get("connect").decimalValue());
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aCallThatIsUnderWayIsAHarToo(Consumer<HookScript> call) {
    HookScript[] script = new HookScript[1];
    int[] seen = new int[1];
    script[0] =
        new HookScript(
            event -> {
              HarSchema.entries(EXPORTER.toHar(script[0].timeline()));
              seen[0]++;
            });
    call.accept(script[0]);
    assertThat(seen[0]).isGreaterThan(3);
  }

  private static String timings(JsonNode entry) {
    StringBuilder text = new StringBuilder(entry.get("time").decimalValue().toPlainString());
    entry
        .get("timings")
        .properties()
        .forEach(
            part ->
                text.append(" ")
                    .append(part.getKey())
                    .append(":")
                    .append(part.getValue().decimalValue().toPlainString()));
    return text.toString();
  }

  @Test
  void aNewConnectionHasAllTimes() {
    JsonNode entry = entries(SampleTimelines::cold).get(0);
    assertThat(timings(entry))
        .isEqualTo(
            "200.3 blocked:0.4 dns:19.8 connect:69.8 send:0.3 " + "wait:60 receive:50 ssl:39.9");
    assertThat(entry.get("serverIPAddress").asText()).isEqualTo("192.0.2.7");
    assertThat(entry.get("connection").asText()).isEqualTo("1");
    assertThat(entry.get("_reused").asBoolean()).isFalse();
    assertThat(entry.get("_reason").asText()).isEqualTo("first");
    assertThat(entry.has("_error")).isFalse();
    assertThat(entry.get("response").get("status").asInt()).isEqualTo(200);
    assertThat(entry.get("response").get("content").toString())
        .isEqualTo("{\"size\":16340,\"mimeType\":\"text/plain\"}");
  }

  @Test
  void whatDidNotHappenIsMinusOne() {
    JsonNode entry = entries(SampleTimelines::pooled).get(0);
    assertThat(timings(entry))
        .isEqualTo("110.5 blocked:0.2 dns:-1 connect:-1 send:0.3 wait:60 " + "receive:50 ssl:-1");
    assertThat(entry.get("_reused").asBoolean()).isTrue();
  }

  @Test
  void aRequestThatFailsHasTheStatusZeroAndSaysWhere() {
    JsonNode entry = entries(SampleTimelines::refused).get(0);
    assertThat(timings(entry))
        .isEqualTo("0.5 blocked:0.2 dns:-1 connect:0.3 send:0 wait:0 " + "receive:0 ssl:-1");
    assertThat(entry.get("response").get("status").asInt()).isZero();
    assertThat(entry.get("response").get("httpVersion").asText()).isEqualTo("unknown");
    assertThat(entry.get("_failedPhase").asText()).isEqualTo("connect");
    assertThat(entry.get("_error").asText()).contains("Connection refused");
    assertThat(entry.has("connection")).isFalse();
  }

  @Test
  void eachRoundTripIsAnEntryAndTimeThatOverlapsCountsOnce() {
    JsonNode entries = entries(SampleTimelines::retried);
    assertThat(entries).hasSize(2);
    assertThat(entries.get(0).get("_error").asText()).contains("Connection reset");
    assertThat(timings(entries.get(1)))
        .isEqualTo("8.1 blocked:0.1 dns:-1 connect:4.8 send:0.2 wait:2.8 " + "receive:0.2 ssl:-1");
    assertThat(entries.get(1).get("_reason").asText()).isEqualTo("retry");
  }

  @Test
  void secretsAreMasked() {
    String har = EXPORTER.toHar(SampleTimelines.of(SampleTimelines::cold));
    assertThat(har).doesNotContain("secret");
    JsonNode entry = HarSchema.entries(har).get(0);
    assertThat(entry.get("request").get("cookies")).isEmpty();
    assertThat(entry.get("response").get("cookies")).isEmpty();
    assertThat(entry.get("request").get("queryString").toString())
        .isEqualTo("[{\"name\":\"key\",\"value\":\"***\"}]");
  }

  @Test
  void secretsAreShownOnRequest() {
    String har =
        EXPORTER.redaction(Redaction.NONE).toHar(SampleTimelines.of(SampleTimelines::cold));
    JsonNode entry = HarSchema.entries(har).get(0);
    assertThat(entry.get("request").get("cookies").toString())
        .isEqualTo("[{\"name\":\"c\",\"value\":\"secret\"}]");
    assertThat(entry.get("response").get("cookies").toString())
        .isEqualTo("[{\"name\":\"a\",\"value\":\"secret\"},{\"name\":\"b\",\"value\":\"secret\"}]");
    assertThat(entry.get("request").get("queryString").toString())
        .isEqualTo("[{\"name\":\"key\",\"value\":\"secret\"}]");
    assertThat(entry.get("request").get("url").asText()).contains("user:secret@");
  }

  private static HookScript.HookCall start(String url) {
    return trace ->
        trace.roundTripStart(
            RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", URI.create(url)));
  }

  private static JsonNode request(String url) {
    HookScript script = new HookScript();
    script.at(0, start(url));
    return HarSchema.entries(EXPORTER.redaction(Redaction.NONE).toHar(script.timeline()))
        .get(0)
        .get("request");
  }

  @Test
  void theParametersOfAQueryAreDecoded() {
    assertThat(request("http://a.test/?a=1&b=x%20y+z&c&=d&%C3%A4=%C3%B6#e=f").get("queryString"))
        .extracting(pair -> pair.get("name").asText() + "=" + pair.get("value").asText())
        .containsExactly("a=1", "b=x y z", "c=", "=d", "ä=ö");
    assertThat(request("http://a.test/").get("queryString")).isEmpty();
    assertThat(request("http://a.test/?").get("queryString")).isEmpty();
  }

  @Test
  void callsAreOrderedByTheirStart() {
    Timeline one = SampleTimelines.of(SampleTimelines::pooled);
    Timeline two = SampleTimelines.of(SampleTimelines::retried);
    JsonNode entries = HarSchema.entries(EXPORTER.toHar(List.of(two, one)));
    assertThat(entries)
        .extracting(entry -> entry.get("startedDateTime").asText())
        .hasSize(3)
        .isSorted();
  }

  @Test
  void itSaysWhoMadeItAlsoWithoutAJar() {
    assertThat(EXPORTER.toHar(List.of()))
        .contains("\"creator\":{\"name\":\"httptrace\",\"version\":\"unversioned\"}");
  }

  @Test
  void aLinkLocalAddressHasNoZone() throws Exception {
    InetAddress zoned = Inet6Address.getByAddress(null, LINK_LOCAL, 1);
    InetSocketAddress remote = new InetSocketAddress(zoned, 80);
    ConnectionInfo connection = ConnectionInfo.of(1, remote, remote, "HTTP/1.1", null, 0);
    HookScript script = new HookScript();
    script
        .at(0, start("http://[fe80::1]/"))
        .at(1, trace -> trace.gotConn(GotConnInfo.of(connection, false, false, Duration.ZERO)));

    assertThat(HarSchema.entries(EXPORTER.toHar(script.timeline())).get(0).get("serverIPAddress"))
        .hasToString("\"fe80:0:0:0:0:0:0:1\"");
  }

  @Test
  void withoutCallsThereAreNoEntries() {
    assertThat(HarSchema.entries(EXPORTER.toHar(List.of()))).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatIsNoHar() throws Exception {
    JsonNode entry = entries(SampleTimelines::cold).get(0);
    ((ObjectNode) entry.get("timings")).put("send", -1);
    ((ObjectNode) entry).put("other", 1);
    ObjectNode har = JsonNodeFactory.instance.objectNode();
    har.putObject("log").put("version", "1.1").putArray("entries").add(entry);
    assertThat(HarSchema.faults(har))
        .anyMatch(fault -> fault.startsWith("/log/version"))
        .anyMatch(fault -> fault.contains("/timings/send"))
        .anyMatch(fault -> fault.contains("other"))
        .anyMatch(fault -> fault.contains("creator"));
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> EXPORTER.toHar((Timeline) null));
    assertThatNullPointerException().isThrownBy(() -> EXPORTER.redaction(null));
  }
}
