package io.httptrace.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a comparison is to do.
 *
 * @param clients in the order in which they take their turns
 * @param threadCounts each measured on its own
 * @param rounds how many times each client gets its turn
 * @param warmup before each measurement
 * @param measured the length of each measurement
 * @param json the file the results go to; empty for none
 * @param readme the file whose table is replaced; empty for none
 */
record Plan(
    List<ClientKind> clients,
    List<Integer> threadCounts,
    int rounds,
    Duration warmup,
    Duration measured,
    String json,
    String readme) {

  private static final String ALL =
      String.join(",", Arrays.stream(ClientKind.values()).map(ClientKind::id).toList());

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "clients", ALL,
          "threads", "1,32",
          "rounds", "5",
          "warmup-ms", "8000",
          "measured-ms", "4000",
          "json", "",
          "readme", "");

  /**
   * {@return the plan of a command line}
   *
   * @param args {@code --name=value}, with the names above
   * @throws IllegalArgumentException if there is no such option, or its value is wrong
   */
  static Plan of(String... args) {
    Map<String, String> options = new HashMap<>(DEFAULTS);
    for (String arg : args) {
      String[] parts = arg.split("=", 2);
      String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
      if (parts.length != 2 || options.replace(name, parts[1]) == null) {
        throw new IllegalArgumentException("no such option: " + arg);
      }
    }
    Function<String, String> value = name -> String.valueOf(options.get(name));
    return new Plan(
        split(value.apply("clients")).map(ClientKind::of).toList(),
        split(value.apply("threads")).map(Integer::valueOf).toList(),
        Integer.parseInt(value.apply("rounds")),
        Duration.ofMillis(Long.parseLong(value.apply("warmup-ms"))),
        Duration.ofMillis(Long.parseLong(value.apply("measured-ms"))),
        value.apply("json"),
        value.apply("readme"));
  }

  private static Stream<String> split(String value) {
    return Arrays.stream(value.split(",", -1));
  }
}
