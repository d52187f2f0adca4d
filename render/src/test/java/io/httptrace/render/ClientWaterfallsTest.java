package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of the same request by several clients. */
class ClientWaterfallsTest {
  private static final Path RECORDINGS = Path.of("../docs/waterfalls");
  private static final Pattern TOTAL =
      Pattern.compile("<rect class=\"HEADING\" x=\"([0-9.]+)\" y=\"(\\d+)\" width=\"([0-9.]+)\"");

  /** {@code .ci/waterfalls} makes the recordings anew. */
  @Test
  void thePictureIsWhatIsDrawnOfTheRecordings() throws Exception {
    String drawn = ClientWaterfalls.toSvg(ClientWaterfalls.recordings(RECORDINGS));
    Path made = Path.of("target", "waterfalls.svg");
    Files.createDirectories(made.toAbsolutePath().getParent());
    Files.writeString(made, drawn);

    assertThat(Path.of("../docs/waterfalls.svg"))
        .as("docs/waterfalls.svg; what is drawn now is render/target/waterfalls.svg")
        .hasContent(drawn);
  }

  @Test
  void eachRecordingIsOfTheSameRequest() throws Exception {
    Map<String, JsonNode> recordings = ClientWaterfalls.recordings(RECORDINGS);

    assertThat(recordings).hasSize(5);
    recordings.forEach(
        (client, timeline) -> {
          assertThat(TimelineSchema.faults(timeline)).as(client).isEmpty();
          assertThat(timeline.get("roundTrips")).as(client).hasSize(1);
          JsonNode roundTrip = timeline.get("roundTrips").get(0);
          assertThat(roundTrip.get("method").textValue()).as(client).isEqualTo("GET");
          assertThat(roundTrip.get("uri").textValue())
              .as(client)
              .matches("https://example\\.test:\\d+/");
          assertThat(roundTrip.get("response").get("status").intValue()).as(client).isEqualTo(200);
          assertThat(kinds(roundTrip))
              .as(client)
              .containsExactly("dns", "connect", "tls", "request", "wait", "response");
        });
  }

  private static List<String> kinds(JsonNode roundTrip) {
    List<String> kinds = new ArrayList<>();
    roundTrip.get("phases").forEach(phase -> kinds.add(phase.get("kind").textValue()));
    return kinds;
  }

  @Test
  void allAreDrawnAtOneScaleBelowOneAnother() throws Exception {
    Map<String, JsonNode> recordings = new LinkedHashMap<>();
    recordings.put("slow", timeline(200));
    recordings.put("quick", timeline(50));

    Matcher totals = TOTAL.matcher(ClientWaterfalls.toSvg(recordings));
    List<String> found = new ArrayList<>();
    while (totals.find()) {
      found.add(totals.group(1) + " " + totals.group(2) + " " + totals.group(3));
    }
    assertThat(found).containsExactly("96.0 72 400.0", "96.0 122 100.0");
  }

  private static JsonNode timeline(int millis) throws Exception {
    return new ObjectMapper()
        .readTree(
            "{\"totalNanos\":%d000000,\"roundTrips\":[{\"timeToFirstByteNanos\":1000,\"phases\":[]}]}"
                .formatted(millis));
  }
}
