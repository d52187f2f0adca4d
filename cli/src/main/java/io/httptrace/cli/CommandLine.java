package io.httptrace.cli;

import io.httptrace.cli.text.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words with which the command was called.
 *
 * @param arguments the arguments
 * @param environment the environment variables
 */
record CommandLine(List<String> arguments, Map<String, String> environment) {

  /** The launcher's property for the file with the words, if the JVM's arguments are not exact. */
  private static final String PROPERTY = "httptrace.words";

  CommandLine {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /**
   * {@return the words with which this JVM was called} A JVM decodes arguments and variables by the
   * locale, and can lose characters that are not ASCII. If there are any, the launcher passes the
   * octets: first the variables, each as {@code NAME=VALUE}, then an empty word, then the
   * arguments; a NUL after each.
   *
   * @param args the arguments of the JVM
   * @throws IOException if the launcher's words cannot be read
   */
  static CommandLine of(String... args) throws IOException {
    String source = System.getProperty(PROPERTY);
    return source == null
        ? new CommandLine(List.of(args), System.getenv())
        : parse(Files.readAllBytes(Path.of(source)), System.getenv());
  }

  /**
   * {@return the words of the launcher}
   *
   * @param octets the words, each followed by a NUL
   * @param environment the variables as the JVM has read them
   */
  static CommandLine parse(byte[] octets, Map<String, String> environment) {
    List<String> words = new ArrayList<>(List.of(Octets.decode(octets).split("\0", -1)));
    words.remove(words.size() - 1); // the empty rest after the last NUL
    Map<String, String> variables = new HashMap<>(environment);
    int end = words.indexOf("");
    for (String variable : words.subList(0, end)) {
      int equals = variable.indexOf('=');
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return new CommandLine(words.subList(end + 1, words.size()), variables);
  }
}
