package io.httptrace.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide quotes is what is compiled and run here. */
final class GuideTest {
  private static final Path GUIDE = Path.of("../docs/prove-your-adapter.md");
  private static final Path CODE = Path.of("src/test/java/io/httptrace/conformance/guide");
  private static final Pattern BLOCK =
      Pattern.compile("(?s)(?:<!-- sample: (\\w+)#(\\w+) -->\n)?```java\n(.*?)\n```");

  @Test
  void eachBlockIsARegionOfTheCode() throws IOException {
    List<MatchResult> blocks = BLOCK.matcher(Files.readString(GUIDE)).results().toList();

    assertThat(blocks).hasSize(8);
    for (MatchResult block : blocks) {
      assertThat(block.group(1)).as("the mark above%n%s", block.group(3)).isNotNull();
      assertThat(block.group(3)).isEqualTo(region(block.group(1), block.group(2)));
    }
  }

  private static String region(String type, String name) throws IOException {
    String code = Files.readString(CODE.resolve(type + ".java"));
    String start = "// @start region=\"" + name + "\"\n";
    String after = code.substring(code.indexOf(start) + start.length());
    String lines = after.substring(0, after.indexOf("// @end"));
    return lines.substring(0, lines.lastIndexOf('\n')).stripTrailing().stripIndent();
  }
}
