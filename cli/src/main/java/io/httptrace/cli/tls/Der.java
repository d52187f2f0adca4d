package io.httptrace.cli.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The encodings of ASN.1 values (ITU-T X.690, DER) that a certificate needs. */
public final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private static final DateTimeFormatter SHORT_TIME =
      DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'", Locale.ROOT);
  private static final DateTimeFormatter LONG_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);

  private Der() {}

  public static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  public static byte[] set(byte[]... parts) {
    return tagged(SET, parts);
  }

  public static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  public static byte[] bitString(byte[] bytes) {
    return tagged(BIT_STRING, new byte[] {0}, bytes); // no unused bits at the end
  }

  public static byte[] octetString(byte[] bytes) {
    return tagged(OCTET_STRING, bytes);
  }

  public static byte[] utf8String(String text) {
    return tagged(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A time as in certificates: with two digits for the year before 2050. */
  public static byte[] time(Instant time) {
    ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
    boolean shortYear = utc.getYear() < 2050;
    DateTimeFormatter format = shortYear ? SHORT_TIME : LONG_TIME;
    return tagged(
        shortYear ? UTC_TIME : GENERALIZED_TIME,
        format.format(utc).getBytes(StandardCharsets.US_ASCII));
  }

  public static byte[] objectIdentifier(int first, int second, int... rest) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(first * 40 + second);
    for (int arc : rest) {
      writeBase128(content, arc);
    }
    return tagged(OBJECT_IDENTIFIER, content.toByteArray());
  }

  /**
   * {@return a value}
   *
   * @param tag the identifier octet
   * @param parts the content, in parts
   */
  public static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    writeLength(value, content.size());
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    byte[] digits = BigInteger.valueOf(length).toByteArray();
    int start = digits[0] == 0 ? 1 : 0;
    out.write(0x80 | (digits.length - start));
    out.write(digits, start, digits.length - start);
  }

  private static void writeBase128(ByteArrayOutputStream out, int value) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (value >> shift != 0) {
        out.write(0x80 | (value >> shift & 0x7f));
      }
    }
    out.write(value & 0x7f);
  }
}
