package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures that a browser can show: they are read as XML here. */
class SvgWaterfallTest {
  private static Document read(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document picture, String tag) {
    NodeList nodes = picture.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  /** The build fails until the picture in the docs is what is drawn: then it is copied there. */
  @Test
  void thePictureOfTheReadmeIsWhatIsDrawn() throws Exception {
    String drawn = SvgWaterfall.toSvg(SampleTimelines.of(SampleTimelines::cold));
    Path made = Path.of("target", "waterfall.svg");
    Files.createDirectories(made.toAbsolutePath().getParent());
    Files.writeString(made, drawn);

    assertThat(Path.of("../docs/waterfall.svg"))
        .as("docs/waterfall.svg; what is drawn now is render/target/waterfall.svg")
        .hasContent(drawn);
  }

  @Test
  void eachPhaseHasABarThatSaysWhatItIs() throws Exception {
    Document picture = read(SvgWaterfall.toSvg(SampleTimelines.of(SampleTimelines::cold)));

    assertThat(texts(picture, "title"))
        .containsExactly(
            "dns, 19.800 ms, 2001:db8::2 192.0.2.7",
            "connect, 9.900 ms, [2001:db8::2]:443, refused",
            "connect, 20.000 ms, 192.0.2.7:443",
            "tls, 39.900 ms, full handshake",
            "request, 0.300 ms, 123 bytes",
            "wait, 60.000 ms",
            "response, 50.000 ms, 16.5 kB",
            "total, 200.300 ms");
    assertThat(texts(picture, "text"))
        .startsWith("GET https://***@example.test/a?key=***", "200 HTTP/1.1, body 16.3 kB")
        .endsWith("30 % waiting for the server, 25 % receiving, 20 % in the TLS handshake");
  }

  @ParameterizedTest
  @MethodSource("io.httptrace.render.TimelineSchemaTest#calls")
  void barsStayWithinThePicture(Consumer<HookScript> call) throws Exception {
    Document picture = read(SvgWaterfall.toSvg(SampleTimelines.of(call)));
    NodeList bars = picture.getElementsByTagName("rect");

    for (int i = 1; i < bars.getLength(); i++) { // the first one is the page
      Element bar = (Element) bars.item(i);
      double x = Double.parseDouble(bar.getAttribute("x"));
      assertThat(x).isBetween(96.0, 496.0);
      assertThat(x + Double.parseDouble(bar.getAttribute("width"))).isLessThanOrEqualTo(496.05);
    }
  }

  @Test
  void nothingIsAPictureToo() throws Exception {
    assertThat(texts(read(SvgWaterfall.toSvg(new HookScript().timeline())), "text"))
        .containsExactly("nothing was sent");
  }

  @Test
  void showsSecretsWhenAskedTo() {
    Timeline timeline = SampleTimelines.of(SampleTimelines::cold);

    assertThat(SvgWaterfall.toSvg(timeline)).doesNotContain("secret");
    assertThat(SvgWaterfall.toSvg(timeline, Redaction.NONE)).contains("key=secret");
  }

  @Test
  void whatAPeerSaysIsTextAndNothingElse() throws Exception {
    String nasty = "<script>\"&\u001b\ufffe\ud83d";
    URI uri = URI.create("http://example.test/");
    Timeline timeline =
        SampleTimelines.of(
            script ->
                script
                    .at(
                        0,
                        trace ->
                            trace.roundTripStart(
                                RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", uri)))
                    .at(
                        5,
                        trace ->
                            trace.roundTripDone(
                                RoundTripDoneInfo.of(
                                    RoundTripOutcome.FAILED, null, new IOException(nasty)))));

    assertThat(texts(read(SvgWaterfall.toSvg(timeline)), "text"))
        .contains("failed: <script>\"&\\x1b\ufffd\ufffd");
  }
}
