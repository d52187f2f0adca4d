package io.httptrace.client.auth;

import io.httptrace.client.request.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses a list of challenges, or of parameters alone (RFC 9110, sections 11.3 and 5.6). Commas
 * separate both challenges and parameters: a name followed by {@code =} is a parameter, any other
 * name begins a challenge.
 */
final class ChallengeParser {
  private final String text;
  private final List<Challenge> challenges = new ArrayList<>(2);
  private @Nullable Map<String, String> parameters;
  private int at;

  ChallengeParser(String text) {
    this.text = text;
  }

  /** {@return the parameters of a field that has no scheme} */
  static Map<String, String> parameters(String text) {
    ChallengeParser parser = new ChallengeParser(text);
    Map<String, String> parameters = new LinkedHashMap<>();
    parser.parameters = parameters;
    parser.parse();
    return parameters;
  }

  List<Challenge> parse() {
    skip(" \t,");
    while (at < text.length() && step()) {
      skip(" \t,");
    }
    return challenges;
  }

  /** Reads a parameter or a scheme; false if the rest is malformed. */
  private boolean step() {
    String name = token();
    if (name.isEmpty()) {
      return false;
    }
    String key = name.toLowerCase(Locale.ROOT);
    skip(" \t");
    if (at < text.length() && text.charAt(at) == '=') {
      at++;
      skip(" \t");
      String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
      if (parameters != null) {
        parameters.putIfAbsent(key, value);
      }
      return parameters != null;
    }
    Map<String, String> fresh = new LinkedHashMap<>();
    parameters = fresh;
    challenges.add(new Challenge(key, fresh));
    skipToken68();
    return true;
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private String token() {
    int from = at;
    while (at < text.length() && Syntax.isToken(text.substring(at, at + 1))) {
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    at++;
    return value.toString();
  }

  /** Skips what some schemes have in place of parameters, up to the comma. */
  private void skipToken68() {
    int from = at;
    while (at < text.length() && isToken68(text.charAt(at))) {
      at++;
    }
    skip("=");
    skip(" \t");
    if (at < text.length() && text.charAt(at) != ',') {
      at = from;
    }
  }

  private static boolean isToken68(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || "-._~+/".indexOf(c) >= 0;
  }
}
