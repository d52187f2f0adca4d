package io.httptrace.benchmarks.worker;

import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import io.httptrace.benchmarks.peer.Workload;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A measurement: one client, one workload, in a process of its own. */
public final class Worker {
  private final Map<String, String> arguments = new HashMap<>();

  private Worker(String[] args) {
    for (int i = 0; i + 1 < args.length; i += 2) {
      arguments.put(args[i], args[i + 1]);
    }
  }

  /**
   * Measures, and prints one line that begins with {@code RESULT}.
   *
   * @param args pairs: {@code --class} of the client, its {@code --options}, the {@code
   *     --workload}, the {@code --port} for it and {@code --counters-port} of the server, the
   *     folder of {@code --certificates}, and {@code --warm-up}, {@code --window} (seconds) and
   *     {@code --windows}
   */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    ResultLine line = new ResultLine();
    int status = 0;
    try {
      new Worker(args).measure(line);
    } catch (Exception | LinkageError error) {
      error.printStackTrace();
      line.put("status", "error");
      line.put("error", error.toString());
      status = 1;
    }
    System.out.println(line);
    System.out.flush();
    // A client may have left threads behind.
    Runtime.getRuntime().halt(status);
  }

  private String argument(String name) {
    String value = arguments.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private void measure(ResultLine line) throws Exception {
    Workload workload = Workload.of(argument("--workload"));
    PeerConfig config =
        new PeerConfig(
            workload.protocol(),
            Integer.parseInt(argument("--port")),
            workload.concurrency(),
            Path.of(argument("--certificates")),
            options(argument("--options")));
    long start = System.nanoTime();
    try (PeerClient client =
        Class.forName(argument("--class"))
            .asSubclass(PeerClient.class)
            .getConstructor(PeerConfig.class)
            .newInstance(config)) {
      measure(client, start, workload, line);
    }
  }

  private void measure(PeerClient client, long start, Workload workload, ResultLine line)
      throws Exception {
    Load load = new Load(client, workload);
    long bytes = load.once();
    double firstMillis = (System.nanoTime() - start) / 1e6;
    if (bytes != workload.responseBytes()) {
      throw new IllegalStateException("the first body has " + bytes + " bytes");
    }
    Timing timing =
        new Timing(
            Double.parseDouble(argument("--warm-up")),
            Double.parseDouble(argument("--window")),
            Integer.parseInt(argument("--windows")));
    Measured measured = load.run(timing, Integer.parseInt(argument("--counters-port")));
    boolean well = measured.requests() > 0 && load.errors() == 0;
    line.put("status", well ? "ok" : "error");
    line.put("java", System.getProperty("java.version"));
    line.put("errors", load.errors());
    Throwable error = load.firstError();
    if (error != null) {
      error.printStackTrace();
      line.put("error", error.toString());
    }
    line.put("first_ms", firstMillis);
    measured.writeTo(line, workload.protocol());
    line.put("peak_rss_mb", ProcFiles.peakResidentKib() / 1024.0);
    line.put("threads", ProcFiles.threads());
  }

  /** {@return options as they stand behind a question mark; one without a value is 1} */
  public static Map<String, String> options(String text) {
    Map<String, String> options = new HashMap<>();
    for (String option : text.split("&", -1)) {
      int equals = option.indexOf('=');
      if (equals > 0) {
        options.put(option.substring(0, equals), option.substring(equals + 1));
      } else if (!option.isEmpty()) {
        options.put(option, "1");
      }
    }
    return options;
  }
}
