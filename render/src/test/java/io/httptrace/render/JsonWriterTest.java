package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written is what another library reads. */
class JsonWriterTest {
  private static final ObjectMapper READER = new ObjectMapper();

  @Test
  void nestsObjectsAndArrays() {
    JsonWriter json = new JsonWriter().startObject();
    json.startObject("a").endObject().startArray("b").endArray();
    json.startArray("c").startObject().number("d", 1).endObject().startObject().none("e");
    json.endObject().value("f").value(2).endArray().bool("g", true).string("h", null).endObject();

    assertThat(json)
        .hasToString(
            "{\"a\":{},\"b\":[],\"c\":[{\"d\":1},{\"e\":null},\"f\",2],\"g\":true,\"h\":null}");
  }

  @Test
  void escapesWhatMayNotStandInATextOrInATerminal() {
    assertThat(text("\"\\/ \n\r\t\b\0\u001b\u007f\u009b ä ✓ 😀"))
        .isEqualTo("\"\\\"\\\\/ \\n\\r\\t\\u0008\\u0000\\u001b\\u007f\\u009b ä ✓ 😀\"");
  }

  @Test
  void escapesHalvesOfPairsWhichUtf8HasNoFormFor() {
    assertThat(text("\ud83d")).isEqualTo("\"\\ud83d\"");
    assertThat(text("\udc80x\ud83d\ud83d\ude00\ude00"))
        .isEqualTo("\"\\udc80x\\ud83d\ud83d\ude00\\ude00\"");
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
      }
      // As octets: nothing may be lost on the way to a file.
      byte[] json = text(text.toString()).getBytes(StandardCharsets.UTF_8);

      assertThat(READER.readTree(json).textValue()).isEqualTo(text.toString());
    }
  }

  private static String text(String value) {
    String array = new JsonWriter().value(List.of(value)).toString();
    return array.substring(1, array.length() - 1);
  }
}
