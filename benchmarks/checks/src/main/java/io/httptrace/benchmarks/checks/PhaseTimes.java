package io.httptrace.benchmarks.checks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the parts of a request took, in milliseconds, by the names the table has for them. */
record PhaseTimes(Map<String, Double> millis) {
  /** The rows of the table. */
  static final List<String> NAMES =
      List.of("dns", "connect", "tls", "request", "wait", "response", "client", "total");

  /** For {@code curl -w}: moments, counted from the start, in seconds. */
  static final String CURL_FORMAT =
      "%{time_namelookup} %{time_connect} %{time_appconnect} %{time_pretransfer}"
          + " %{time_starttransfer} %{time_total}";

  /** {@return the times in what curl has written by {@link #CURL_FORMAT}} */
  static PhaseTimes ofCurl(String written) {
    double[] at = new double[6];
    String[] words = written.strip().split(" ", at.length);
    for (int i = 0; i < at.length; i++) {
      at[i] = Double.parseDouble(words[i]) * 1_000;
    }
    boolean secure = at[2] > 0;
    double connected = secure ? at[2] : at[1];
    Map<String, Double> times = new LinkedHashMap<>();
    times.put("dns", at[0]);
    times.put("connect", at[1] - at[0]);
    if (secure) {
      times.put("tls", at[2] - at[1]);
    }
    times.put("request", at[3] - connected);
    times.put("wait", at[4] - at[3]);
    times.put("response", at[5] - at[4]);
    times.put("client", 0.0);
    times.put("total", at[5]);
    return new PhaseTimes(times);
  }

  /** {@return the times in the JSON of the command, as docs/timeline-json.md describes it} */
  static PhaseTimes ofCommand(String json) throws IOException {
    Map<String, String> values = values(json);
    Map<String, Double> times = new LinkedHashMap<>();
    double phases = 0;
    for (int i = 0; values.containsKey("/roundTrips/0/phases/" + i + "/kind"); i++) {
      String phase = "/roundTrips/0/phases/" + i;
      double millis = millis(values, phase + "/durationNanos");
      times.merge(values.getOrDefault(phase + "/kind", ""), millis, Double::sum);
      phases += millis;
    }
    double total = millis(values, "/totalNanos");
    times.put("client", total - phases);
    times.put("total", total);
    return new PhaseTimes(times);
  }

  private static double millis(Map<String, String> values, String pointer) {
    return Double.parseDouble(values.getOrDefault(pointer, "NaN")) / 1e6;
  }

  /** {@return all that are no objects or arrays, by their JSON pointers (RFC 6901)} */
  private static Map<String, String> values(String json) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          values.put(
              parser.getParsingContext().pathAsPointer().toString(), parser.getValueAsString(""));
        }
      }
    }
    return values;
  }

  /** {@return the median of each part} */
  static PhaseTimes medianOf(List<PhaseTimes> all) {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String name : NAMES) {
      List<Double> sorted = new ArrayList<>();
      for (PhaseTimes times : all) {
        Double time = times.millis.get(name);
        if (time != null) {
          sorted.add(time);
        }
      }
      if (!sorted.isEmpty()) {
        sorted.sort(null);
        int half = sorted.size() / 2;
        medians.put(
            name,
            sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2);
      }
    }
    return new PhaseTimes(medians);
  }
}
