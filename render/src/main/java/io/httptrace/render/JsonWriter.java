package io.httptrace.render;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) without any blanks.
 *
 * <p>What is not ASCII stays as it is, except what a terminal would take for a control character
 * and halves of surrogate pairs, which UTF-8 has no form for: these are escaped too.
 */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  /** Whether the next value or name is the first one of its array or object. */
  private boolean first = true;

  JsonWriter startObject() {
    return open('{');
  }

  JsonWriter startObject(String name) {
    return name(name).open('{');
  }

  JsonWriter endObject() {
    return close('}');
  }

  JsonWriter startArray(String name) {
    return name(name).open('[');
  }

  JsonWriter endArray() {
    return close(']');
  }

  JsonWriter string(String name, @Nullable String value) {
    return name(name).value(value);
  }

  JsonWriter number(String name, long value) {
    return name(name).value(value);
  }

  JsonWriter bool(String name, boolean value) {
    return name(name).value(value);
  }

  JsonWriter none(String name) {
    return name(name).value(null);
  }

  /**
   * Writes a member of any type that JSON has a form for.
   *
   * @throws IllegalArgumentException if JSON has no form for it, or for something in it
   */
  JsonWriter member(String name, @Nullable Object value) {
    try {
      return name(name).value(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("member \"" + name + "\": " + e.getMessage(), e);
    }
  }

  /**
   * Writes an element of an array.
   *
   * @param value null, a text, a boolean, a number, a map with texts as keys, or an iterable
   * @throws IllegalArgumentException if it is none of these, or a number that is not finite
   */
  JsonWriter value(@Nullable Object value) {
    separate();
    first = false;
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof CharSequence text) {
      quote(text);
    } else if (value instanceof Number number) {
      out.append(finite(number));
    } else if (value instanceof Map<?, ?> map) {
      first = true;
      out.append('{');
      map.forEach((name, member) -> name(String.valueOf(name)).value(member));
      close('}');
    } else if (value instanceof Iterable<?> elements) {
      first = true;
      out.append('[');
      elements.forEach(this::value);
      close(']');
    } else {
      throw new IllegalArgumentException("JSON has no form for a " + value.getClass().getName());
    }
    return this;
  }

  private static Number finite(Number number) {
    if (!Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException("JSON has no form for " + number);
    }
    return number;
  }

  private JsonWriter name(String name) {
    separate();
    quote(name);
    out.append(':');
    first = true; // the value that follows is not separated from its name
    return this;
  }

  private JsonWriter open(char bracket) {
    separate();
    out.append(bracket);
    first = true;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.append(bracket);
    first = false;
    return this;
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
  }

  private void quote(CharSequence text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (Character.isISOControl(c) || isHalf(text, i)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isHalf(CharSequence text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }

  /** {@return what has been written} */
  @Override
  public String toString() {
    return out.toString();
  }
}
