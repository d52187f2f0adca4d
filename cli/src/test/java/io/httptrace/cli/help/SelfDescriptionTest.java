package io.httptrace.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun;
import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says about itself: help, the manual page, and completion. */
final class SelfDescriptionTest {
  /** An option at the start of a row, with its names. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^ {2,6}(-[^ ,\n]+(?:, -[^ ,\n]+)*)(?= |$)");

  @TempDir private Path directory;

  private static String printed(String... args) {
    Ended ended = CommandRun.of(args);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    return ended.out();
  }

  private static List<String> options(String help) {
    return ROW.matcher(help).results().map((MatchResult row) -> row.group(1)).toList();
  }

  /** Each option's longest name. */
  private static List<String> longNames() {
    return options(printed("--help", "all")).stream()
        .map(names -> names.substring(names.lastIndexOf(' ') + 1))
        .toList();
  }

  // ---- Help ----

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void helpHasTenOptionsAndTheWordsForMoreOnOneScreen(String option) {
    String help = printed(option);

    assertThat(help).startsWith("Usage: httptrace [OPTION]... [URL]");
    assertThat(options(help)).hasSize(10).contains("-H, --header", "-d, --data", "--format");
    assertThat(help.lines()).hasSizeLessThan(36).allMatch(line -> line.length() <= 80);
    assertThat(help).contains("\n  request  ", "\n  output  ", "\n  exit-status  ", "\n  all  ");
  }

  @Test
  void aSentenceEndsOutsideOfQuotes() {
    assertThat(printed("--completion", "fish"))
        .contains(" -d 'Cookies to send, \\'name=value; ...\\''\n")
        .contains(" -d 'Speak HTTP/1.1'\n");
  }

  @Test
  void eachOptionIsAboutOneThing() {
    List<String> all = options(printed("--help", "all"));
    List<String> byTheme = new ArrayList<>();
    for (Theme theme : Theme.values()) {
      if (printed("--help").contains("\n  " + theme.label() + " ")) {
        String help = printed("--help", theme.label());
        assertThat(help).startsWith(theme.meaning() + ":\n");
        assertThat(options(help)).isNotEmpty();
        byTheme.addAll(options(help));
      }
    }

    assertThat(all).hasSizeGreaterThan(30).doesNotHaveDuplicates().isEqualTo(byTheme);
    assertThat(printed("--help"))
        .as("an option has no theme: name it in Theme")
        .doesNotContain("\n  other ");
  }

  @Test
  void helpIsFoundBesideOtherOptionsAndBadOnes() {
    assertThat(printed("-kh", "tls")).isEqualTo(printed("--help=tls")).contains("--cacert FILE");
    assertThat(printed("http://a.test/", "--help")).isEqualTo(printed("-h"));
    assertThat(printed("--no-such", "-h", "--resolve")).isEqualTo(printed("-h"));
  }

  @Test
  void aValueOrAWordBehindTheOptionsIsNoRequestForHelp() throws Exception {
    assertThat(CommandRun.of("-X", "-h", "-H").err()).startsWith("httptrace: missing required");
    assertThat(CommandSyntax.parse("1", InputStream.nullInputStream(), "--", "-h").text()).isNull();
  }

  @Test
  void helpAboutWhatThereIsNotNamesWhatThereIs() {
    Ended ended = CommandRun.of("--help", "cookie");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err())
        .startsWith(
            "httptrace: --help: there is none about 'cookie', only about request, cookies, ")
        .endsWith("exit-status, all\n")
        .hasLineCount(1);
  }

  @Test
  void theExitStatusHasHelpOfItsOwn() {
    assertThat(printed("--help", "exit-status").lines())
        .startsWith("Exit status:")
        .filteredOn(line -> line.matches(" {2,4}[0-9]+   .*"))
        .hasSameSizeAs(ExitCode.values());
  }

  @Test
  void eachOptionIsInTheDocs() throws IOException {
    String page = Files.readString(Path.of("../docs/cli.md"));

    assertThat(options(printed("--help", "all")))
        .isNotEmpty()
        .allSatisfy(
            names ->
                assertThat(names.split(", ", -1))
                    .anyMatch(name -> page.matches("(?s).*`" + Pattern.quote(name) + "[` ].*")));
  }

  // ---- The manual page ----

  @Test
  void theManualPageHasAllOptionsAndAllExitCodes() {
    String page = printed("--man");

    assertThat(page).startsWith(".TH \"HTTPTRACE\" \"1\" \"\" \"httptrace unversioned\"");
    assertThat(longNames())
        .allSatisfy(name -> assertThat(page).contains("\\fB" + name.replace("-", "\\-") + "\\fR"));
    for (ExitCode code : ExitCode.values()) {
      assertThat(page).contains(".TP\n\\fB" + code.number() + "\\fR\n");
    }
  }

  @Test
  void theManualPageHasNoRequestsByAccident() {
    assertThat(printed("--man").lines())
        .allSatisfy(line -> assertThat(line).doesNotStartWith("'").isNotEmpty())
        .filteredOn(line -> line.startsWith("."))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP)( \"[^\"]*\")*"));
  }

  // ---- Completion ----

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void eachOptionIsCompleted(String shell) {
    String script = printed("--completion", shell);

    assertThat(longNames())
        .allSatisfy(
            name ->
                assertThat(script)
                    .containsPattern(
                        Pattern.quote(shell.equals("fish") ? " -l " + name.substring(2) : name)
                            + "(?![a-z0-9.-])"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "httptrace --forma          | --format",
        "httptrace -k --http        | --http1.1 --http2 --http2-prior-knowledge",
        "httptrace --format xyz     |",
        "httptrace --format j       | json jsonl",
        "httptrace --format = c     | csv",
        "httptrace --color =        | auto always never",
        "httptrace --help co        | cookies connection",
        "httptrace --help --forma   | --format",
        "httptrace -o fi            | file\u00a0with\u00a0blanks file2",
        "httptrace --har file2      | file2",
        "httptrace -X --            |",
        "httptrace fi               |",
      })
  void bashCompletes(String line, String found) throws Exception {
    Files.writeString(directory.resolve("completion"), printed("--completion", "bash"));
    Files.writeString(directory.resolve("file with blanks"), "");
    Files.writeString(directory.resolve("file2"), "");
    String script =
        """
        set -u
        . ./completion
        COMP_WORDS=(%s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _httptrace httptrace "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%%s\\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"}
        """
            .formatted(line);
    Process bash =
        new ProcessBuilder("bash", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor()).as(output).isZero();
    List<String> expected =
        found == null
            ? List.of()
            : Stream.of(found.split(" ", -1)).map(word -> word.replace('\u00a0', ' ')).toList();
    assertThat(output.lines().filter(word -> !word.isEmpty()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
