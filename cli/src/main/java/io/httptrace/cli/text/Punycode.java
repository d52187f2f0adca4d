package io.httptrace.cli.text;

/** The encoding of labels that are not ASCII (RFC 3492). */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  private Punycode() {}

  /**
   * {@return a label in ASCII, without the prefix {@code xn--}}
   *
   * @param label the label, which is not all ASCII, and short
   */
  static String encode(String label) {
    int[] points = label.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    for (int point : points) {
      if (point < INITIAL_N) {
        out.append((char) point);
      }
    }
    int basic = out.length();
    int handled = basic;
    if (basic > 0) {
      out.append('-');
    }
    int n = INITIAL_N;
    int delta = 0;
    int bias = INITIAL_BIAS;
    while (handled < points.length) {
      int next = Integer.MAX_VALUE;
      for (int point : points) {
        if (point >= n && point < next) {
          next = point;
        }
      }
      delta = Math.addExact(delta, Math.multiplyExact(next - n, handled + 1));
      n = next;
      for (int point : points) {
        if (point < n) {
          delta++;
        } else if (point == n) {
          append(out, delta, bias);
          bias = adapted(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  /** A number of variable length (RFC 3492, section 3.3). */
  private static void append(StringBuilder out, int delta, int bias) {
    int rest = delta;
    int k = BASE;
    while (true) {
      int t = Math.max(T_MIN, Math.min(T_MAX, k - bias));
      if (rest < t) {
        out.append(digit(rest));
        return;
      }
      out.append(digit(t + (rest - t) % (BASE - t)));
      rest = (rest - t) / (BASE - t);
      k += BASE;
    }
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int adapted(int delta, int points, boolean first) {
    int rest = first ? delta / DAMP : delta / 2;
    rest += rest / points;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
  }
}
