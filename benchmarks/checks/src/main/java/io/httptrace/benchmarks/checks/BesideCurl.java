package io.httptrace.benchmarks.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the same requests by {@code curl} and by the command, in turn, to nginx on loopback, and
 * compares what they say of their times.
 */
final class BesideCurl {
  /** How much longer a part may take than curl says. */
  private static final double MILLIS = 0.5;

  /** How many times as long TLS, and all together, may take. */
  private static final double TIMES = 2;

  private static final Path BUNDLE = Path.of("/etc/ssl/certs/ca-certificates.crt");

  private final String launcher;
  private final int runs;
  private final List<String> tooLong = new ArrayList<>();

  private BesideCurl(String launcher, int runs) {
    this.launcher = launcher;
    this.runs = runs;
  }

  /**
   * What is requested, with options that mean the same to both.
   *
   * @param name what the table says of it
   * @param arguments the URL and options
   */
  private record Case(String name, List<String> arguments) {}

  /**
   * Compares. Ends with status 1 if the command's times are too long.
   *
   * @param args the launcher, how often each request is made, and a word that the names of cases
   *     have to have; then an older launcher to compare the start with, if there is one
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    BesideCurl compared = new BesideCurl(args[0], Integer.parseInt(args[1]));
    Path directory = Files.createTempDirectory("beside-curl");
    try (CurlNginx nginx = CurlNginx.start(directory)) {
      for (Case one : cases(nginx, directory)) {
        if (one.name.contains(args[2])) {
          compared.compare(one);
        }
      }
      compared.start(nginx, args.length > 3 ? args[3] : null);
    } finally {
      delete(directory);
    }
    compared.tooLong.forEach(System.out::println);
    System.exit(compared.tooLong.isEmpty() ? 0 : 1);
  }

  private static List<Case> cases(CurlNginx nginx, Path directory) throws IOException {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("http", List.of(nginx.plain())));
    cases.add(secure(nginx, CurlNginx.Tls.TLS_1_2_RSA, "--http1.1"));
    cases.add(secure(nginx, CurlNginx.Tls.TLS_1_2_ECDSA, "--http2"));
    cases.add(secure(nginx, CurlNginx.Tls.TLS_1_3_RSA, "--http2"));
    cases.add(secure(nginx, CurlNginx.Tls.TLS_1_3_ECDSA, "--http1.1"));
    if (Files.exists(BUNDLE)) {
      Path all = directory.resolve("all.pem");
      CurlNginx.Tls tls = CurlNginx.Tls.TLS_1_3_ECDSA;
      Files.writeString(all, Files.readString(BUNDLE) + Files.readString(nginx.authority(tls)));
      cases.add(
          new Case(
              tls + " --http2, among all public authorities",
              List.of(nginx.secure(tls), "--http2", "--cacert", all.toString())));
    }
    return cases;
  }

  private static Case secure(CurlNginx nginx, CurlNginx.Tls tls, String protocol) {
    return new Case(
        tls + " " + protocol,
        List.of(nginx.secure(tls), protocol, "--cacert", nginx.authority(tls).toString()));
  }

  // ---- Phases ----

  private void compare(Case one) throws IOException, InterruptedException {
    List<PhaseTimes> curl = new ArrayList<>();
    List<PhaseTimes> command = new ArrayList<>();
    for (int i = 0; i <= runs; i++) { // the first of each does not count
      PhaseTimes byCurl =
          PhaseTimes.ofCurl(
              run(
                  List.of(
                      "curl", "-4", "-s", "-S", "-o", "/dev/null", "-w", PhaseTimes.CURL_FORMAT),
                  one.arguments));
      PhaseTimes byCommand =
          PhaseTimes.ofCommand(run(List.of(launcher, "-4", "--format=json"), one.arguments));
      if (i > 0) {
        curl.add(byCurl);
        command.add(byCommand);
      }
    }
    print(one.name, PhaseTimes.medianOf(curl), PhaseTimes.medianOf(command));
  }

  private void print(String name, PhaseTimes curl, PhaseTimes command) {
    System.out.printf("%n%s, medians of %d%n", name, runs);
    System.out.printf("%-10s %10s %10s %10s%n", "ms", "curl -w", "httptrace", "more");
    for (String part : PhaseTimes.NAMES) {
      Double theirs = curl.millis().get(part);
      Double ours = command.millis().get(part);
      if (theirs == null || ours == null) {
        continue;
      }
      boolean good =
          switch (part) {
            case "dns", "connect", "request", "wait" -> ours - theirs <= MILLIS;
            case "tls", "total" -> ours <= TIMES * theirs;
            default -> true;
          };
      System.out.printf(
          "%-10s %10.3f %10.3f %+10.3f%s%n", part, theirs, ours, ours - theirs, good ? "" : " !");
      if (!good) {
        tooLong.add("too long: " + name + ", " + part);
      }
    }
  }

  // ---- Start ----

  private void start(CurlNginx nginx, @Nullable String before)
      throws IOException, InterruptedException {
    CurlNginx.Tls tls = CurlNginx.Tls.TLS_1_3_ECDSA;
    System.out.printf("%nFrom start to end, medians of %d%n", runs);
    start("--version", List.of("--version"), before);
    start("http", List.of(nginx.plain()), before);
    start("https", List.of(nginx.secure(tls), "--cacert", nginx.authority(tls).toString()), before);
  }

  private void start(String name, List<String> arguments, @Nullable String before)
      throws IOException, InterruptedException {
    List<Double> now = new ArrayList<>();
    List<Double> then = new ArrayList<>();
    for (int i = 0; i <= runs; i++) {
      double ours = timed(launcher, arguments);
      double older = before == null ? 0 : timed(before, arguments);
      if (i > 0) {
        now.add(ours);
        then.add(older);
      }
    }
    System.out.printf("%-10s %7.0f ms", name, median(now));
    System.out.println(before == null ? "" : String.format(", before %.0f ms", median(then)));
  }

  private static double timed(String program, List<String> arguments)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    run(List.of(program), arguments);
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static String run(List<String> program, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return output;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
