package io.httptrace.cli;

import io.httptrace.cli.text.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Lines of bash with one call of curl, and the request that arrives because of it, as it was
 * recorded with curl 7.88.1.
 *
 * <p>In a line {@code $URL} is a server, and {@code $DIR} an empty directory, which is the working
 * directory too.
 *
 * @param title what it is about
 * @param line the lines of bash
 * @param expected the request, as {@link ArrivedRequest#comparable} tells it
 */
record CurlLine(String title, String line, String expected) {

  /** {@return the lines of a resource} */
  static List<CurlLine> in(String resource) throws IOException {
    String text;
    try (InputStream in = Objects.requireNonNull(CurlLine.class.getResourceAsStream(resource))) {
      text = Octets.decode(in.readAllBytes());
    }
    List<CurlLine> lines = new ArrayList<>();
    for (String block : text.split("(?m)^### ", -1)) {
      if (!block.startsWith("#") && !block.isEmpty()) {
        int title = block.indexOf('\n');
        int end = block.indexOf("\n---\n");
        lines.add(
            new CurlLine(
                block.substring(0, title),
                block.substring(title + 1, end + 1),
                block.substring(end + 5).stripTrailing()));
      }
    }
    return lines;
  }

  /** {@return a line for cmd.exe as one for bash, with the same words} */
  CurlLine fromCmd() {
    return new CurlLine(title, CmdWords.inBash(line), expected);
  }

  /** Whether the server has to speak HTTP/2. */
  boolean isHttp2() {
    return title.contains("HTTP/2");
  }

  /** The words and the standard input of a call. */
  record Call(List<String> words, String stdin) {}

  /** {@return the call of curl, by bash, which does not run it} */
  Call call(RecordingServer server, Path directory) throws IOException, InterruptedException {
    run("curl() { cat >.stdin; printf '%s\\0' \"$@\" >.words; }", server, directory);
    String words = Octets.decode(Files.readAllBytes(directory.resolve(".words")));
    List<String> all = new ArrayList<>(List.of(words.split("\0", -1)));
    all.remove(all.size() - 1);
    return new Call(all, Files.readString(directory.resolve(".stdin")));
  }

  /**
   * Runs the line.
   *
   * @param definition what {@code curl} is
   */
  void run(String definition, RecordingServer server, Path directory)
      throws IOException, InterruptedException {
    String script =
        "URL='" + server.url() + "' DIR='" + directory + "'\n" + definition + "\n" + line;
    Path file = Files.write(directory.resolve(".script"), Octets.encode(script));
    Path output = directory.resolve(".output");
    ProcessBuilder bash =
        new ProcessBuilder("bash", file.toString())
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    bash.environment().put("LC_ALL", "C.UTF-8");
    for (String name :
        new String[] {"http_proxy", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
      bash.environment().remove(name);
    }
    bash.environment().put("https_proxy", server.url());
    int status = bash.start().waitFor();
    if (status != 0) {
      String said = Files.readString(output, StandardCharsets.ISO_8859_1);
      throw new AssertionError(title + ": exit status " + status + "\n" + said);
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
