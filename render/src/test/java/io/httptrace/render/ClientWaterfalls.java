package io.httptrace.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.httptrace.render.text.Quantities;
import io.httptrace.timeline.PhaseKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Draws how several clients have made the same request, below one another and at one scale. */
final class ClientWaterfalls {
  /** The names of the recordings, and what the picture calls the clients. */
  private static final Map<String, String> CLIENTS = new LinkedHashMap<>();

  static {
    CLIENTS.put("httptrace", "httptrace's own client");
    CLIENTS.put("jdk", "the JDK's client");
    CLIENTS.put("okhttp", "OkHttp");
    CLIENTS.put("apache", "Apache HttpClient");
    CLIENTS.put("reactor-netty", "Reactor Netty");
  }

  private final SvgPage page = new SvgPage();

  private ClientWaterfalls() {}

  /**
   * {@return the recordings of a directory, which are timelines as JSON, by what the picture calls
   * their clients}
   */
  static Map<String, JsonNode> recordings(Path directory) throws IOException {
    Map<String, JsonNode> recordings = new LinkedHashMap<>();
    for (Map.Entry<String, String> client : CLIENTS.entrySet()) {
      Path file = directory.resolve(client.getKey() + ".json");
      recordings.put(client.getValue(), new ObjectMapper().readTree(file.toFile()));
    }
    return recordings;
  }

  /** {@return the picture of recordings} */
  static String toSvg(Map<String, JsonNode> recordings) {
    return new ClientWaterfalls().draw(recordings);
  }

  private String draw(Map<String, JsonNode> recordings) {
    page.scaleTo(
        recordings.values().stream()
            .map(timeline -> nanos(timeline, "totalNanos"))
            .max(Duration::compareTo)
            .orElseThrow());
    page.line(
        null,
        "GET over HTTPS on a new connection, of a server that takes its time; all at one scale");
    recordings.forEach(this::client);
    return page.document("The same request by several clients");
  }

  private void client(String name, JsonNode timeline) {
    page.gap();
    page.line(Ink.HEADING, name);
    JsonNode roundTrip = timeline.get("roundTrips").get(0);
    for (JsonNode phase : roundTrip.get("phases")) {
      PhaseKind kind = kind(phase.get("kind").textValue());
      page.row(
          Ink.of(kind),
          kind.label(),
          nanos(phase, "startNanos"),
          nanos(phase, "durationNanos"),
          detail(kind, phase, roundTrip.get("bytes")));
    }
    page.row(
        Ink.HEADING,
        "total",
        Duration.ZERO,
        nanos(timeline, "totalNanos"),
        "first byte after " + Quantities.millis(nanos(roundTrip, "timeToFirstByteNanos")));
  }

  private static PhaseKind kind(String label) {
    return Arrays.stream(PhaseKind.values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static Duration nanos(JsonNode object, String member) {
    return Duration.ofNanos(object.get(member).longValue());
  }

  private static String detail(PhaseKind kind, JsonNode phase, JsonNode bytes) {
    return switch (kind) {
      case DNS ->
          StreamSupport.stream(phase.get("addresses").spliterator(), false)
              .map(JsonNode::textValue)
              .collect(Collectors.joining(" "));
      case CONNECT -> phase.get("address").textValue();
      case TLS -> phase.get("tls").get("version").textValue();
      case REQUEST -> bytes(bytes, "wireSent");
      case RESPONSE -> bytes(bytes, "wireReceived");
      default -> "";
    };
  }

  private static String bytes(JsonNode bytes, String member) {
    return bytes.isNull() ? "" : Quantities.bytes(bytes.get(member).longValue());
  }
}
