package io.httptrace.conformance.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors that count as the same. An event's error is written as all words of its group. */
final class ErrorSynonyms {
  private static final Pattern ERROR = Pattern.compile("err=([^ )]+)");

  private final List<Set<String>> groups = new ArrayList<>();

  /** Adds a group, and merges groups with a common word. */
  void merge(Collection<String> words) {
    Set<String> group = new LinkedHashSet<>();
    groups.removeIf(
        other -> {
          boolean overlaps = other.stream().anyMatch(words::contains);
          if (overlaps) {
            group.addAll(other);
          }
          return overlaps;
        });
    group.addAll(words);
    groups.add(group);
  }

  String apply(String event) {
    Matcher matcher = ERROR.matcher(event);
    return matcher.replaceAll(found -> Matcher.quoteReplacement("err=" + group(found.group(1))));
  }

  private String group(String words) {
    List<String> parts = Arrays.asList(words.split("\\|"));
    for (Set<String> group : groups) {
      if (parts.stream().map(ErrorSynonyms::plain).anyMatch(group::contains)) {
        return String.join("|", group);
      }
    }
    return words;
  }

  /** An unknown error has its types after the word. */
  private static String plain(String word) {
    return word.startsWith("other:") ? "other" : word;
  }
}
