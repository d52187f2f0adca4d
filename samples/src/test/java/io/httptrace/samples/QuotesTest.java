package io.httptrace.samples;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.docs.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuotesTest {
  private static final Path RECIPES = Path.of("../docs/recipes.md");
  private static final Path README = Path.of("../README.md");
  private static final Path SAMPLES = Path.of("src/main/java/io/httptrace/samples");

  static Stream<Quote> quotes() throws IOException {
    return Stream.concat(Quote.in(RECIPES).stream(), Quote.in(README).stream());
  }

  @ParameterizedTest
  @MethodSource("quotes")
  void whatTheDocsQuoteIsWhatIsCompiled(Quote quote) throws IOException {
    assertThat(quote.mark()).as("the mark above%n%s", quote.text()).isNotEmpty();
    assertThat(quote.text()).isEqualTo(quote.source(SAMPLES));
  }

  @Test
  void everyRecipeIsQuoted() throws IOException {
    Set<String> quoted = quotes().map(quote -> quote.mark().split("#", -1)[0]).collect(toSet());

    try (Stream<Path> sources = Files.list(SAMPLES)) {
      assertThat(quoted)
          .isEqualTo(
              sources
                  .map(file -> file.getFileName().toString().replace(".java", ""))
                  .filter(name -> !Set.of("package-info", "SampleServer").contains(name))
                  .collect(toSet()));
    }
  }
}
