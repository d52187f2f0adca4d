package io.httptrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A picture without what differs from run to run: bars, times, sizes on the wire, own ports. */
public final class Outline {
  private static final Pattern ROW =
      Pattern.compile("([a-z-]+) {2,}.* [0-9]+\\.[0-9]{3} m?s(?: {2,}(.*))?");

  /** Header fields, what the server took for, the certificate, and how much time went where. */
  private static final Pattern OTHER =
      Pattern.compile("  \\S.*|certificate .*|issued by .*|[0-9]+ % .*");

  private Outline() {}

  /**
   * Its lines that are not empty, without those; of a row the name and what stands beside the bar.
   */
  public static List<String> of(String picture) {
    List<String> lines = new ArrayList<>();
    for (String line : picture.lines().filter(text -> !text.isEmpty()).toList()) {
      if (OTHER.matcher(line).matches()) {
        continue;
      }
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String name = row.group(1);
        if (name.equals("client")) {
          continue; // there is next to none of it on a fast machine
        }
        boolean bytes = name.equals("request") || name.equals("response") || name.equals("total");
        String detail = row.group(2) == null || bytes ? "" : ": " + row.group(2);
        lines.add(name + detail);
      } else if (line.startsWith("   ")) {
        lines.add(lines.remove(lines.size() - 1) + " " + line.strip());
      } else {
        lines.add(
            line.replaceAll("[0-9.]+:[0-9]+ -> ", "-> ")
                .replaceAll("[0-9]+\\.[0-9]{3} m?s", "# ms"));
      }
    }
    return lines;
  }
}
