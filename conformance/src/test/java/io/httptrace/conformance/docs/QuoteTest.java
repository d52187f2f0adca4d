package io.httptrace.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of documents, and the regions that they name. */
final class QuoteTest {
  private static final String SAMPLE =
      """
      class Sample {
        void run() {
          // @start region="first"
          if (true) {
            call();
          }

          // @end
          // @start region="second"
          other();
          // @end
        }
        // @start region="open"
      }
      """;

  @TempDir Path directory;

  @Test
  void theBlocksOfJavaAreFoundWithTheMarksDirectlyAboveThem() throws IOException {
    Path document = directory.resolve("guide.md");
    Files.writeString(
        document,
        """
        <!-- sample: Sample#first -->
        ```java
        a();

        b();
        ```
        <!-- sample: Sample#second -->

        ```java
        c();
        ```
        ```
        no Java
        ```
        """);

    assertThat(Quote.in(document))
        .containsExactly(new Quote("Sample#first", "a();\n\nb();"), new Quote("", "c();"));
  }

  @Test
  void aBlockThatDoesNotEndIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quote.of(List.of("text", "```java", "a();")))
        .withMessage("no line ``` from line 3 on");
  }

  @Test
  void theSourceIsTheRegionWithoutItsIndentation() throws IOException {
    Files.writeString(directory.resolve("Sample.java"), SAMPLE);

    assertThat(new Quote("Sample#first", "").source(directory))
        .isEqualTo("if (true) {\n  call();\n}");
    assertThat(new Quote("Sample#second", "").source(directory)).isEqualTo("other();");
  }

  @Test
  void aMarkThatLeadsNowhereIsAnError() throws IOException {
    Files.writeString(directory.resolve("Sample.java"), SAMPLE);

    for (String mark :
        List.of("", "Sample", "Sample#first#second", "Sample#third", "Sample#open")) {
      assertThatIllegalArgumentException()
          .as(mark)
          .isThrownBy(() -> new Quote(mark, "").source(directory));
    }
    Assertions.assertThatThrownBy(() -> new Quote("Other#first", "").source(directory))
        .isInstanceOf(NoSuchFileException.class);
  }
}
