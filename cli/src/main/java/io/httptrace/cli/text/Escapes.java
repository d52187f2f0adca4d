package io.httptrace.cli.text;

import java.io.ByteArrayOutputStream;

/** Percent-encoding (RFC 3986, section 2.1). */
public final class Escapes {
  /** Characters allowed in a path, besides letters and digits (RFC 3986, section 3.3). */
  public static final String PATH = "/-._~!$&'()*+,;=:@";

  /** Characters allowed in a query; also brackets, which today's URIs have. */
  public static final String QUERY = PATH + "?[]";

  /** Characters that are never encoded, besides letters and digits (RFC 3986, section 2.3). */
  private static final String UNRESERVED = "-._~";

  private Escapes() {}

  /**
   * {@return a part of a URL with all characters encoded that are not allowed there} Encoded ones
   * stay as they are; a percent sign that encodes nothing is itself encoded.
   *
   * @param text the part
   * @param allowed the characters allowed there, besides letters and digits
   */
  public static String encode(String text, String allowed) {
    byte[] octets = Octets.encode(text);
    StringBuilder encoded = new StringBuilder(octets.length);
    for (int i = 0; i < octets.length; i++) {
      char c = (char) (octets[i] & 0xff);
      boolean asIs = isAlphanumeric(c) || allowed.indexOf(c) >= 0;
      if (asIs || (c == '%' && isEscape(octets, i))) {
        encoded.append(c);
      } else {
        encoded.append('%').append(digit(c >> 4)).append(digit(c & 0xf));
      }
    }
    return encoded.toString();
  }

  /**
   * {@return a part of a URL with all characters encoded but letters, digits and {@code -._~}} So a
   * percent sign is encoded too.
   *
   * @param octets the part
   */
  public static String encodeAll(byte[] octets) {
    StringBuilder encoded = new StringBuilder(octets.length);
    for (byte octet : octets) {
      char c = (char) (octet & 0xff);
      if (isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(digit(c >> 4)).append(digit(c & 0xf));
      }
    }
    return encoded.toString();
  }

  /**
   * {@return a text, decoded}
   *
   * @param text the text
   */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] octets = Octets.encode(text);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
    for (int i = 0; i < octets.length; i++) {
      if (isEscape(octets, i)) {
        decoded.write(Character.digit(octets[i + 1], 16) << 4 | Character.digit(octets[i + 2], 16));
        i += 2;
      } else {
        decoded.write(octets[i]);
      }
    }
    return Octets.decode(decoded.toByteArray());
  }

  private static boolean isEscape(byte[] octets, int index) {
    return octets[index] == '%'
        && index + 2 < octets.length
        && isHexadecimal(octets[index + 1])
        && isHexadecimal(octets[index + 2]);
  }

  private static boolean isHexadecimal(byte octet) {
    return octet > 0 && Character.digit(octet, 16) >= 0;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static char digit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }
}
