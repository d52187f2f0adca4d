package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, where {@link CurlLinesTest} does not say it. */
final class SendingTest {
  private static final int LARGE = 1024 * 1024;

  private final RecordingServer server = RecordingServer.http1();

  @TempDir Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anUploadIsAnnouncedUnlessThatIsLeftOut() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "content");

    assertThat(expectation("-T", file.toString())).containsExactly("100-continue");
    assertThat(expectation("-T", file.toString(), "-H", "Expect:")).isEmpty();
    assertThat(expectation("-d", "@" + file)).isEmpty();
    assertThat(expectation("-F", "a=@" + file)).isEmpty();
  }

  @Test
  void soIsALargeBody() throws Exception {
    Path exact = Files.write(directory.resolve("exact"), new byte[LARGE]);
    Path larger = Files.write(directory.resolve("larger"), new byte[LARGE + 1]);

    assertThat(expectation("--data-binary", "@" + exact)).isEmpty();
    assertThat(expectation("--data-binary", "@" + larger)).containsExactly("100-continue");
    assertThat(expectation("-F", "a=@" + larger)).containsExactly("100-continue");
    assertThat(expectation("-H", "expect:", "-F", "a=@" + larger)).isEmpty();
  }

  @Test
  void overTlsOnlyIfItIsHttp1ForSure() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "content");
    String[] there = {"-k", "-x", server.url(), "-T", file.toString(), "https://a.test/"};

    CommandRun.of(there);
    assertThat(server.only().values("Expect")).isEmpty();

    List<String> words = new ArrayList<>(List.of(there));
    words.add("--http1.1");
    CommandRun.of(words.toArray(String[]::new));
    assertThat(server.only().values("Expect")).containsExactly("100-continue");
  }

  private List<String> expectation(String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(server.url());
    assertThat(CommandRun.of(all.toArray(String[]::new)).exitCode()).isEqualTo(ExitCode.OK);
    return server.only().values("Expect");
  }

  @Test
  void aLargeFileArrivesInFull() throws Exception {
    byte[] content = new byte[3 * LARGE + 17];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i / 7);
    }
    Path file = Files.write(directory.resolve("f"), content);

    assertThat(CommandRun.of("-T", file.toString(), server.url()).exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(server.only().body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(content);
  }

  @Test
  void eachFormHasABoundaryOfItsOwn() throws Exception {
    CommandRun.of("-F", "a=1", server.url());
    String one = server.only().values("Content-Type").get(0);
    CommandRun.of("-F", "a=1", server.url());
    String other = server.only().values("Content-Type").get(0);

    assertThat(one).startsWith("multipart/form-data; boundary=").isNotEqualTo(other);
  }

  @Test
  void aFileIsSentAgainAfterARedirectThatKeepsTheBody() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "content");
    try (Site site =
        Site.of(
            head ->
                Site.path(head).equals("/a")
                    ? Site.redirect(307, "/b")
                    : Site.ok("", Site.CLOSE))) {
      Ended upload = CommandRun.of("-L", "-T", file.toString(), site.url("/a"));
      Ended form = CommandRun.of("-L", "-F", "a=<" + file, site.url("/a"));

      assertThat(upload.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(form.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(site.asked()).containsExactly("PUT /a", "PUT /b", "POST /a", "POST /b");
      assertThat(site.bodies().subList(0, 2)).containsExactly("content", "content");
      assertThat(site.bodies().get(3)).isEqualTo(site.bodies().get(2)).contains("content");
    }
  }

  @Test
  void standardInputCannotBeSentAgain() {
    try (Site site = Site.of(head -> Site.redirect(307, "/b"))) {
      Ended ended = CommandRun.with(Map.of(), "input", "-L", "-T", "-", site.url("/a"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.REQUEST);
      assertThat(ended.err()).contains("the body cannot be read again to send it once more");
      assertThat(site.bodies()).first().isEqualTo("input");
    }
  }

  @Test
  void theNameOfAnUploadComesBeforeTheQuery() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "content");

    CommandRun.of("-T", file.toString(), server.url() + "/dir/?q=1");
    assertThat(server.only().line()).isEqualTo("PUT /dir/f?q=1 HTTP/1.1");
    CommandRun.of("-T", file.toString(), server.url() + "/dir/x?q=1/");
    assertThat(server.only().line()).isEqualTo("PUT /dir/x?q=1/ HTTP/1.1");
  }

  @Test
  void theEmbeddedServerTakesItToo(@TempDir Path other) throws Exception {
    Path file = Files.writeString(other.resolve("f"), "content");

    assertThat(CommandRun.of("-T", file.toString()).out()).contains("PUT https://demo.localhost:");
    assertThat(CommandRun.of("-G", "-d", "a=1").out()).contains("GET https://demo.localhost:");
    assertThat(CommandRun.of("-F", "a=1").out()).contains("POST https://demo.localhost:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-d               | @no/such  | -d",
        "--data-binary    | @no/such  | --data-binary",
        "--data-urlencode | a@no/such | --data-urlencode",
        "--json           | @no/such  | --json",
        "-F               | a=@no/such | -F",
        "-F               | a=<no/such | -F",
        "-T               | no/such   | -T",
      })
  void aFileThatCannotBeReadIsNamed(String option, String value, String named) {
    Ended ended = CommandRun.of(option, value, server.url());

    assertThat(ended)
        .isEqualTo(
            new Ended(
                ExitCode.READ_ERROR,
                "",
                "httptrace: " + named + ": cannot read 'no/such': no such file or directory\n"));
  }

  @Test
  void aDirectoryCannotBeSent() {
    Ended ended = CommandRun.of("-T", directory.toString(), server.url());

    assertThat(ended.exitCode()).isEqualTo(ExitCode.READ_ERROR);
    assertThat(ended.err())
        .isEqualTo("httptrace: -T: cannot read '" + directory + "': it is a directory\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b c", "a=b\nc", "a=b\u007fc"})
  void whatAUrlCannotHaveIsRefusedForTheQuery(String data) {
    Ended ended = CommandRun.of("-G", "-d", data, server.url());

    assertThat(ended)
        .isEqualTo(
            new Ended(
                ExitCode.BAD_URL,
                "",
                "httptrace: bad URL: illegal character at position 3 of the data for -G;"
                    + " --data-urlencode encodes it\n"));
  }

  @Test
  void aRefererThatFollowsRedirectsIsRefused() {
    Ended ended = CommandRun.of("-L", "-e", ";auto", server.url());

    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err())
        .isEqualTo(
            "httptrace: -e: ';auto' is not supported with -L: a redirect gets the same Referer\n");
  }

  @Test
  void theLengthOfStandardInputCannotBeGiven() {
    Ended length =
        CommandRun.with(Map.of(), "in", "-T", "-", "-H", "Content-Length: 2", server.url());
    Ended chunks =
        CommandRun.with(Map.of(), "in", "-T", "-", "-H", "Transfer-Encoding:", server.url());

    assertThat(length.err())
        .isEqualTo(
            "httptrace: -H: 'Content-Length' cannot be set to another length than that of the"
                + " body\n");
    assertThat(chunks.err())
        .isEqualTo(
            "httptrace: -H: 'Transfer-Encoding' cannot be left out: the body's length is not"
                + " known\n");
  }
}
