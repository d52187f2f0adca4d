package io.httptrace.cli.text;

import java.net.URI;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host of a URL, as curl reads it. */
public final class HostName {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Pattern NUMBER =
      Pattern.compile("0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,11}|[1-9][0-9]{0,9}");

  /** Full stops between labels (UTS 46, section 2.3), after normalization. */
  private static final Pattern DOT = Pattern.compile("[.\\u3002]");

  private static final int MAX_LABEL = 63;

  private HostName() {}

  /**
   * {@return the host as it is looked up and sent, or null if the name is not valid} A name that is
   * not ASCII is encoded (RFC 5891), and an IPv4 address in any form is written with four numbers.
   * IPv6 literals stay as they are.
   *
   * @param text the host in a URL
   */
  public static @Nullable String of(String text) {
    if (text.startsWith("[")) {
      return text.endsWith("]") ? text : null;
    }
    String name = ascii(Escapes.decode(text));
    return name == null || !ALLOWED.matcher(name).matches() ? null : withFourNumbers(name);
  }

  private static @Nullable String ascii(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    if (name.codePoints().anyMatch(HostName::isNone)) {
      return null;
    }
    // Each character by itself: folding the whole text would treat a final sigma differently.
    StringBuilder folded = new StringBuilder();
    name.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
    String mapped = Normalizer.normalize(folded, Normalizer.Form.NFKC);
    StringBuilder ascii = new StringBuilder();
    for (String label : DOT.split(mapped, -1)) {
      boolean plain = label.chars().allMatch(c -> c < 0x80);
      String encoded =
          plain || label.length() > MAX_LABEL ? label : "xn--" + Punycode.encode(label);
      if (encoded.length() > MAX_LABEL) {
        return null;
      }
      ascii.append(ascii.isEmpty() ? "" : ".").append(encoded);
    }
    return ascii.toString();
  }

  /** {@return whether a code point is not a character of any script} */
  private static boolean isNone(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || Character.getType(codePoint) == Character.PRIVATE_USE;
  }

  /** As {@code inet_aton} reads them: also hexadecimal and octal; the last fills the rest. */
  private static String withFourNumbers(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length > 4) {
      return name;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      if (!NUMBER.matcher(parts[i]).matches()) {
        return name;
      }
      long number = Long.decode(parts[i]);
      boolean last = i == parts.length - 1;
      if (number > (last ? (1L << (8 * (4 - i))) - 1 : 255)) {
        return name;
      }
      address |= last ? number : number << (8 * (3 - i));
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  /**
   * {@return the host of a target} {@link URI#getHost} returns null for a name with an underscore,
   * for example.
   *
   * @param target a URI with a host
   */
  public static String of(URI target) {
    String host = target.getHost();
    if (host != null) {
      return host;
    }
    String authority = String.valueOf(target.getRawAuthority());
    return authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":[0-9]*$", "");
  }

  /**
   * {@return the port of a target, or else the scheme's default}
   *
   * @param target a URI with a host
   */
  public static int port(URI target) {
    if (target.getPort() >= 0) {
      return target.getPort();
    }
    String authority = String.valueOf(target.getRawAuthority());
    if (target.getHost() == null && authority.matches(".*:[0-9]{1,9}")) {
      return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
    }
    return "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
  }
}
