package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The picture of the same request by several clients. */
class ClientWaterfallsTest {
  /** {@code .ci/waterfalls} makes the recordings anew. */
  @Test
  void thePictureIsMadeOfWhatWasRecorded() throws Exception {
    String drawn = ClientWaterfalls.of(Path.of("../docs/waterfalls"));
    Path made = Path.of("target", "waterfalls.svg");
    Files.createDirectories(made.toAbsolutePath().getParent());
    Files.writeString(made, drawn);

    assertThat(Path.of("../docs/waterfalls.svg"))
        .as("docs/waterfalls.svg; what is drawn now is render/target/waterfalls.svg")
        .hasContent(drawn);
  }

  @Test
  void eachClientHasItsNameAndItsPictureBelowTheOneBefore(@TempDir Path directory)
      throws Exception {
    for (String name : new String[] {"B", "httptrace", "A"}) {
      Files.writeString(
          directory.resolve(name + ".svg"), "<svg width=\"10\" height=\"20\"><text/></svg>");
    }

    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(ClientWaterfalls.of(directory))));

    assertThat(picture.getDocumentElement().getAttribute("height")).isEqualTo("144");
    assertThat(picture.getDocumentElement().getTextContent().strip().split("\\s+"))
        .containsExactly("httptrace", "A", "B");
  }
}
