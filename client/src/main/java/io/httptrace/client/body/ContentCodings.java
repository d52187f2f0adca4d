package io.httptrace.client.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content codings of a response whose client has asked for one (RFC 9110, section 8.4). */
public final class ContentCodings {
  /** How many are undone: each can make a thousand bytes of one, and none needs more than one. */
  private static final int MAX = 2;

  private ContentCodings() {}

  /**
   * {@return what undoes the codings, or null if there is nothing to undo} If one of them is not
   * known, it fails as soon as there is content: that would be taken for what it is not.
   *
   * @param applied the codings in the order in which they were applied
   */
  public static @Nullable ContentDecoder decoder(List<String> applied) {
    List<String> codings = new ArrayList<>(1);
    for (String name : applied) {
      if (!name.equalsIgnoreCase("identity")) {
        codings.add(name.toLowerCase(Locale.ROOT));
      }
    }
    for (String coding : codings) {
      // RFC 9110, section 8.4.1.3, has the second as a name of the first.
      if (!coding.equals("gzip") && !coding.equals("x-gzip")) {
        return new UnsupportedCoding(coding.substring(0, Math.min(coding.length(), 20)));
      }
    }
    return switch (codings.size()) {
      case 0 -> null;
      case 1 -> new GzipDecoder();
      case MAX -> new ChainedDecoder(new GzipDecoder(), new GzipDecoder());
      default -> new UnsupportedCoding("more than " + MAX + " codings");
    };
  }
}
