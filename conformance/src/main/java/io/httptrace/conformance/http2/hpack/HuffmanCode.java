package io.httptrace.conformance.http2.hpack;

import java.io.ByteArrayOutputStream;

/**
 * The Huffman code of HPACK (RFC 7541, appendix B). The code is canonical: codes of one length are
 * consecutive numbers in the order of their symbols, and begin where the shorter ones end. So the
 * lengths define the code.
 */
final class HuffmanCode {
  private static final int LONGEST = 30;
  private static final int END = 256;

  private static final int[] LENGTHS = {
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, //
    28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, //
    6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, //
    5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, //
    13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, //
    7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, //
    15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, //
    6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, //
    20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, //
    24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, //
    22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, //
    21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, //
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, //
    19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, //
    20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, //
    26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, //
    30
  };

  /** For each length the first code, and where its symbol is in {@link #SYMBOLS}. */
  private static final int[] FIRST_CODE = new int[LONGEST + 2];

  private static final int[] FIRST_PLACE = new int[LONGEST + 2];
  private static final int[] SYMBOLS = new int[LENGTHS.length];

  static {
    int code = 0;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      FIRST_CODE[length] = code;
      FIRST_PLACE[length] = place;
      for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
        if (LENGTHS[symbol] == length) {
          SYMBOLS[place++] = symbol;
          code++;
        }
      }
      code <<= 1;
    }
    FIRST_PLACE[LONGEST + 1] = place;
  }

  private HuffmanCode() {}

  /** {@return the decoded bytes} */
  static byte[] decode(byte[] coded) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int code = 0;
    int length = 0;
    boolean onlyOnes = true;
    for (int bit = 0; bit < coded.length * 8; bit++) {
      int next = (coded[bit / 8] >> (7 - bit % 8)) & 1;
      code = (code << 1) | next;
      length++;
      onlyOnes &= next == 1;
      int symbol = symbol(code, length);
      if (symbol == END) {
        throw new AssertionError("the client sent the end of a Huffman code");
      }
      if (symbol >= 0) {
        text.write(symbol);
        code = 0;
        length = 0;
        onlyOnes = true;
      }
    }
    if (length > 7 || !onlyOnes) {
      throw new AssertionError("the client filled up a Huffman code with " + length + " bits");
    }
    return text.toByteArray();
  }

  /** {@return the symbol of a code, or -1 if the code is longer} */
  private static int symbol(int code, int length) {
    int offset = code - FIRST_CODE[length];
    int count = FIRST_PLACE[length + 1] - FIRST_PLACE[length];
    return offset < count ? SYMBOLS[FIRST_PLACE[length] + offset] : -1;
  }
}
