package io.httptrace.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.Timeline;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as Chromium shows it. Its pictures are left in target/screenshots. */
@Tag("servers")
class PageInBrowserTest {
  private static final Path PICTURES = Path.of("target", "screenshots");

  @TempDir private static Path directory;
  private static Browser browser;
  private static Path file;

  @BeforeAll
  static void start() throws Exception {
    Timeline cold = SampleTimelines.of(SampleTimelines::cold);
    Timeline retried = SampleTimelines.of(SampleTimelines::retried);
    file = directory.resolve("page.html");
    Files.writeString(file, HtmlExporter.create().toHtml(List.of(cold, retried)));
    browser = Browser.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.show(1280, 900, false);
    browser.open(file.toUri());
  }

  private static BufferedImage picture(String name) throws Exception {
    byte[] png = browser.screenshot();
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".png"), png);
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void eachRowHasABarAtItsTime() throws Exception {
    JsonNode bars =
        browser.evaluate(
            """
            [...document.querySelectorAll('#call-1 ~ table .phases td.bar svg')].map(svg => {
              const all = svg.getBoundingClientRect();
              const bar = svg.querySelector('rect').getBoundingClientRect();
              return {from: (bar.left - all.left) / all.width, to: (bar.right - all.left) / all.width,
                      high: bar.height, wide: all.width};
            })
            """);

    assertThat(bars).hasSize(7);
    assertThat(bars)
        .allSatisfy(
            bar -> {
              assertThat(bar.get("high").doubleValue()).isEqualTo(14);
              assertThat(bar.get("wide").doubleValue()).isGreaterThan(300);
              assertThat(bar.get("from").doubleValue()).isBetween(0.0, 1.0);
              assertThat(bar.get("to").doubleValue()).isBetween(0.0, 1.001);
            });
    double waitFrom = bars.get(5).get("from").doubleValue();
    double waitTo = bars.get(5).get("to").doubleValue();
    assertThat(waitFrom).isBetween(0.450, 0.452);
    assertThat(waitTo).isBetween(0.749, 0.752);
  }

  private static boolean shown(String tip) throws Exception {
    return browser
        .evaluate("getComputedStyle(document.getElementById('" + tip + "')).visibility")
        .textValue()
        .equals("visible");
  }

  @Test
  void aTooltipComesWhenItsBarIsPointedAt() throws Exception {
    assertThat(shown("call-1-tip-6")).isFalse();

    browser.pointAt("svg[aria-describedby=call-1-tip-6]");
    browser.await("getComputedStyle(document.getElementById('call-1-tip-6')).opacity==='1'");

    assertThat(shown("call-1-tip-6")).isTrue();
    assertThat(shown("call-1-tip-5")).isFalse();
    assertThat(
            browser
                .evaluate("document.getElementById('call-1-tip-6').getBoundingClientRect().right")
                .doubleValue())
        .isLessThan(1280);
    picture("tooltip");

    browser.pointAt("h1");
    browser.await(
        "getComputedStyle(document.getElementById('call-1-tip-6')).visibility==='hidden'");
  }

  @Test
  void aTooltipComesByKeyboardToo() throws Exception {
    browser.evaluate("document.querySelector('svg[aria-describedby=call-1-tip-2]').focus()");

    browser.await(
        "getComputedStyle(document.getElementById('call-1-tip-2')).visibility==='visible'");
    assertThat(browser.evaluate("document.getElementById('call-1-tip-2').textContent").textValue())
        .contains("failed: refused");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textCanBeReadOnALightAndOnADarkPage(boolean dark) throws Exception {
    browser.show(1280, 900, dark);
    BufferedImage picture = picture(dark ? "dark" : "light");
    int corner = picture.getRGB(2, 2) & 0xff;
    JsonNode contrasts =
        browser.evaluate(
            """
            (() => {
              const light = color => {
                const part = color.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
                  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
              };
              const behind = element => {
                for (let e = element; e; e = e.parentElement) {
                  const color = getComputedStyle(e).backgroundColor;
                  if (color !== 'rgba(0, 0, 0, 0)') return color;
                }
              };
              return ['h1', 'h2', '.method', '.chips li', '.chips .good', '.chips .bad', '.shares span',
                      'td.what', 'th.failed', 'td.time', '.facts th', '.facts td', 'footer', '.tip dt',
                      '.tip dd'].map(selector => {
                const element = document.querySelector(selector);
                const a = light(getComputedStyle(element).color), b = light(behind(element));
                return {selector, contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)};
              });
            })()
            """);

    assertThat(corner < 128).as("the page is dark").isEqualTo(dark);
    assertThat(contrasts)
        .hasSize(15)
        .allSatisfy(
            text ->
                assertThat(text.get("contrast").doubleValue())
                    .as(text.toString())
                    .isGreaterThan(4.5));
  }

  @ParameterizedTest
  @CsvSource({"1280, 900", "700, 900", "360, 700"})
  void nothingIsWiderThanThePage(int width, int height) throws Exception {
    browser.show(width, height, false);
    picture("light-" + width);

    assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
        .isLessThanOrEqualTo(width);
  }

  @Test
  void theTablesOpenAndClose() throws Exception {
    String closed = "document.querySelectorAll('details:not([open])')";
    assertThat(browser.evaluate(closed + ".length").intValue()).isEqualTo(5);

    browser.evaluate(closed + ".forEach(one => one.querySelector('summary').click())");

    browser.await(closed + ".length === 0");
    browser.show(1280, 2600, false);
    picture("all-open");
    assertThat(
            browser
                .evaluate("document.querySelector('table.list').getBoundingClientRect().height")
                .doubleValue())
        .isPositive();
  }

  @Test
  void itLoadsNothingAndBreaksNoRuleOfItsOwn() throws Exception {
    browser.evaluate("0"); // what was said before is known when this has been answered

    assertThat(browser.events("Network.requestWillBeSent"))
        .extracting(event -> event.at("/params/request/url").textValue())
        .containsExactly(file.toUri().toString());
    assertThat(browser.events("Log.entryAdded")).isEmpty();
    assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
  }
}
