package io.httptrace.cli;

import static io.httptrace.conformance.server.ProxyScripts.forward;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.Launched.Ended;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.har.HarExporter;
import io.httptrace.html.HtmlExporter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a process of its own: what it is given arrives, and so does what it writes. */
final class LauncherTest {
  /** For bash: an e with an accent in UTF-8, and an octet that is not UTF-8. */
  private static final String ODD = "odd=$'\\xc3\\xa9\\xff'\n";

  /** The same, with a character for each octet. */
  private static final String OCTETS = "\u00c3\u00a9\u00ff";

  private final Site site = Site.of(head -> Site.ok("hello\n", "X-Back: " + OCTETS));

  @TempDir Path directory;
  private Launched launched;

  @BeforeEach
  void makeTree() throws Exception {
    launched = Launched.in(directory);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8", "no_SUCH"})
  void argumentsArriveOctetByOctetInEveryLocale(String locale) throws Exception {
    Ended ended =
        launched.run(
            ODD
                + ("export LC_ALL=" + locale + "\n")
                + "httptrace -A A$odd -H \"X-A: H$odd\" -b b=$odd -u \"u$odd:p\" -d d$odd -d '' -d ' '"
                + (" -o o$odd '" + site.url("/") + "'$odd\n")
                + "cat o$odd");

    assertThat(ended.err().lines()).allMatch(line -> line.contains("warning: setlocale"));
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).endsWith("hello\n");
    assertThat(site.asked()).containsExactly("POST /%C3%A9%FF");
    assertThat(site.sent("User-Agent")).containsExactly(List.of("A" + OCTETS));
    assertThat(site.sent("X-A")).containsExactly(List.of("H" + OCTETS));
    assertThat(site.sent("Cookie")).containsExactly(List.of("b=" + OCTETS));
    byte[] user = ("u" + OCTETS + ":p").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(site.sent("Authorization"))
        .containsExactly(List.of("Basic " + Base64.getEncoder().encodeToString(user)));
    assertThat(site.bodies()).containsExactly("d" + OCTETS + "&& ");
  }

  @Test
  void filesAreFoundByNamesOfAnyOctets() throws Exception {
    Ended ended =
        launched.run(
            ODD
                + "mkdir d$odd; cd d$odd; export LC_ALL=C\n"
                + "printf abc > data; printf 'X-A: 1' > head$odd; printf '' > jar$odd\n"
                + "httptrace -d @data -H @head$odd -b jar$odd -c jar$odd -o \"$PWD/out\" "
                + ("-H @<(printf 'X-B: 2') '" + site.url("/") + "' > picture && ")
                + "cat out && grep -c Netscape jar$odd\n"
                + ("httptrace --cacert no$odd '" + site.url("/") + "'"));

    assertThat(ended.out()).as(ended.err()).isEqualTo("hello\n1\n");
    assertThat(site.bodies()).containsExactly("abc");
    assertThat(site.sent("X-A")).containsExactly(List.of("1"));
    assertThat(site.sent("X-B")).containsExactly(List.of("2"));
    assertThat(ended.exitCode()).isEqualTo(ExitCode.CA_CERTIFICATES.number());
    assertThat(ended.err())
        .isEqualTo("httptrace: --cacert: cannot use 'no\u00e9\udcff': no such file or directory\n");
  }

  @Test
  void variablesArriveToo() throws Exception {
    try (Site target = Site.of(head -> Site.ok("", Site.CLOSE));
        ScriptedServer proxy =
            ScriptedServer.builder("proxy")
                .connections(forward(target.server(), "Basic w6k6w6k=", Site.ok("proxied")))
                .start()) {
      Ended ended =
          launched.run(
              ("export LC_ALL=C http_proxy=$'http://\\xc3\\xa9:%C3%A9@127.0.0.1:"
                      + proxy.port()
                      + "'\n")
                  + ("httptrace -o - '" + target.url("/") + "'"));

      assertThat(proxy.problems()).isEmpty();
      assertThat(ended.out()).isEqualTo("proxied");
    }
  }

  @Test
  void whatIsShownIsUtf8InEveryLocale() throws Exception {
    Ended ended =
        launched.run(
            "LC_ALL=C httptrace -I -H $'X-A: \\xc3\\x84' --events '" + site.url("/") + "'");

    assertThat(ended.out())
        .contains("  wroteHeaderField     X-A: \u00c4\n")
        .containsPattern("(?m)^total +=");
  }

  @Test
  void worksInATreeWithAnyName() throws Exception {
    Ended ended =
        launched.run(
            "export LC_ALL=C; shopt -s extglob; mkdir $'\\xc3\\xa9'; cp -r cli httptrace jdk $'\\xc3\\xa9'\n"
                + ("$'\\xc3\\xa9'/httptrace '" + site.url("/") + "'"));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).containsPattern("(?m)^total +=");
  }

  @ParameterizedTest
  @CsvSource({"--har, --html", "--html, --har"})
  void anExporterIsLoadedForItsOwnFileOnly(String option, String other) throws Exception {
    Class<?> exporter = option.equals("--har") ? HarExporter.class : HtmlExporter.class;
    launched = Launched.without(exporter, Files.createDirectory(directory.resolve("apart")));
    Ended without = launched.run("httptrace " + other + " x '" + site.url("/") + "'");
    Ended with = launched.run("httptrace " + option + " x '" + site.url("/") + "'");

    assertThat(without.err()).isEmpty();
    assertThat(without.exitCode()).isZero();
    assertThat(with.exitCode()).isNotZero();
    assertThat(with.err()).contains(exporter.getSimpleName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-o - URL > /dev/full",
        "-o - URL 2> /dev/full",
        "-o /dev/full URL",
        "URL > /dev/full",
        "URL >&-",
        "--format json URL > /dev/full",
        "--format jsonl --events URL 2> /dev/full",
        "-c - URL > /dev/full",
        "-c /dev/full URL",
        "--har - URL > /dev/full",
        "--har /dev/full URL",
        "--html - URL > /dev/full",
        "--html /dev/full URL",
        "--help > /dev/full",
        "--man > /dev/full",
        "--completion bash > /dev/full",
        "--version >&-",
        "> /dev/full"
      })
  void whatCannotBeWrittenIsAnError(String arguments) throws Exception {
    Ended ended = launched.run("httptrace " + arguments.replace("URL", site.url("/")));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.WRITE_ERROR.number());
  }
}
