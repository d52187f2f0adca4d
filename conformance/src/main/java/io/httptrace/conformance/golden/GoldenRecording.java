package io.httptrace.conformance.golden;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The behaviour of the reference implementation in many runs of one scenario.
 *
 * @param name the name of the scenario
 * @param theme what it is about
 * @param description what happens, in one sentence
 * @param recordedWith the version of the reference implementation
 * @param comparison what is ignored when a run is compared
 * @param plan what the client had to do
 * @param events the most frequent sequence; an example, not a rule
 * @param invariants what was true in every run
 * @param laterGo how later versions of the reference implementation differ, or null
 */
public record GoldenRecording(
    String name,
    String theme,
    String description,
    String recordedWith,
    Comparison comparison,
    Plan plan,
    List<String> events,
    Invariants invariants,
    @Nullable String laterGo) {

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);

  /**
   * {@return a recording}
   *
   * @param name its name
   * @throws IllegalArgumentException if there is none of that name
   */
  public static GoldenRecording load(String name) {
    try (InputStream in = GoldenRecording.class.getResourceAsStream(name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no recording " + name);
      }
      return JSON.readValue(in, GoldenRecording.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recording " + name, e);
    }
  }

  /** {@return the names of all recordings with their themes, sorted by name} */
  public static Map<String, String> index() {
    try (InputStream in = GoldenRecording.class.getResourceAsStream("index.json")) {
      return JSON.readValue(in, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the index of the recordings", e);
    }
  }

  /** {@return whether its requests are sent over HTTP/2; otherwise it is HTTP/1.1} */
  public boolean isHttp2() {
    return invariants.counts().keySet().stream().anyMatch(event -> event.contains(" HTTP/2.0)"));
  }

  /**
   * What is ignored when a run is compared.
   *
   * @param mergeErrors errors that count as the same
   * @param unordered events that may come in any order, already applied to the invariants
   * @param relax events that may come another number of times
   * @param firstOnly events of which only the first one is ordered, already applied to the
   *     invariants
   * @param ignoreArgs events whose arguments are ignored
   * @param compareResume whether the resumption of TLS sessions is compared
   */
  public record Comparison(
      List<List<String>> mergeErrors,
      List<List<String>> unordered,
      Map<String, List<Integer>> relax,
      List<String> firstOnly,
      List<String> ignoreArgs,
      boolean compareResume) {
    /** Takes what is missing for empty. */
    public Comparison {
      mergeErrors = orEmpty(mergeErrors);
      unordered = orEmpty(unordered);
      relax = orEmpty(relax);
      firstOnly = orEmpty(firstOnly);
      ignoreArgs = orEmpty(ignoreArgs);
    }
  }

  /**
   * What was true in every run.
   *
   * @param counts how often each event came: at least, at most
   * @param servers how often servers accepted a connection or got a request: at least, at most
   * @param order pairs of events, {@code A < B}: A came before B
   */
  public record Invariants(
      Map<String, List<Integer>> counts, Map<String, List<Integer>> servers, List<String> order) {
    /** Takes what is missing for empty. */
    public Invariants {
      counts = orEmpty(counts);
      servers = orEmpty(servers);
      order = orEmpty(order);
    }
  }

  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
