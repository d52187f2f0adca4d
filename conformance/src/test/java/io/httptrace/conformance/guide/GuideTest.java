package io.httptrace.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.docs.Quote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guide quotes is what is compiled and run here. */
final class GuideTest {
  private static final Path GUIDE = Path.of("../docs/prove-your-adapter.md");
  private static final Path CODE = Path.of("src/test/java/io/httptrace/conformance/guide");

  @Test
  void eachBlockIsARegionOfTheCode() throws IOException {
    List<Quote> quotes = Quote.in(GUIDE);

    assertThat(quotes).hasSize(8);
    for (Quote quote : quotes) {
      assertThat(quote.mark()).as("the mark above%n%s", quote.text()).isNotEmpty();
      assertThat(quote.text()).isEqualTo(quote.source(CODE));
    }
  }
}
