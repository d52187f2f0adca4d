package io.httptrace.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts the waterfalls of several clients into one picture, below one another. */
final class ClientWaterfalls {
  private static final String OURS = "httptrace";
  private static final Pattern SIZE = Pattern.compile("width=\"(\\d+)\" height=\"(\\d+)\"");
  private static final int TITLE = 28;

  private ClientWaterfalls() {}

  /**
   * {@return the picture of all recordings in a directory, our own client's first}
   *
   * @param directory has a picture for each client, with its name
   */
  static String of(Path directory) throws IOException {
    StringBuilder drawn = new StringBuilder();
    int width = 0;
    int y = 0;
    for (Path file : recordings(directory)) {
      String one = Files.readString(file, UTF_8);
      Matcher size = SIZE.matcher(one);
      if (!size.find()) {
        throw new IOException("no size: " + file);
      }
      width = Math.max(width, Integer.parseInt(size.group(1)));
      drawn.append("<svg y=\"").append(y).append("\" height=\"").append(TITLE).append("\">\n");
      drawn.append("<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
      drawn.append("<text class=\"HEADING\" x=\"12\" y=\"22\">").append(name(file));
      drawn.append("</text>\n</svg>\n");
      y += TITLE;
      drawn.append(one.replaceFirst("<svg ", "<svg y=\"" + y + "\" ")).append('\n');
      y += Integer.parseInt(size.group(2));
    }
    String area = "width=\"" + width + "\" height=\"" + y + "\" viewBox=\"0 0 " + width + " " + y;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"The same request"
        + " by several clients\" "
        + area
        + "\">\n"
        + drawn
        + "</svg>\n";
  }

  private static List<Path> recordings(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.filter(file -> file.toString().endsWith(".svg")).forEach(found::add);
    }
    found.sort(
        Comparator.comparing((Path file) -> !name(file).equals(OURS))
            .thenComparing(ClientWaterfalls::name));
    return found;
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".svg".length());
  }
}
