package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.gate.Slo;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.options.LoadPlan.Connections;
import io.httptrace.cli.text.OptionText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about measuring with many requests, and about limits for what is measured. */
final class MeasureArguments {
  private static final long MOST_REQUESTS = 1_000_000_000;
  private static final int MOST_AT_A_TIME = 10_000;

  /** How many at a time there may be with a rate, without {@code -c}. */
  private static final int DEFAULT_WITH_RATE = 100;

  /** How many requests each side of a comparison gets, without {@code -n}. */
  private static final int DEFAULT_COMPARED = 10;

  private static final double MAX_RATE = 1_000_000;

  /** One in eleven days. */
  private static final double MIN_RATE = 1e-6;

  @Option(
      names = {"-n", "--requests"},
      paramLabel = "NUMBER",
      description = "Measure with this many requests: percentiles of each phase and of the total.")
  private @Nullable String requests;

  @Option(names = "--duration", paramLabel = "SECONDS", description = "Measure for this long.")
  private @Nullable String duration;

  @Option(
      names = "--concurrency",
      paramLabel = "NUMBER",
      description =
          "With -n or --duration: how many requests at a time; -c with a number is the same. "
              + "Default: 1.")
  private @Nullable String concurrency;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER[/UNIT]",
      description =
          "With -n or --duration: begin this many requests in a second (/m: minute, /h: hour, /d: "
              + "day), whether the server keeps up or not.")
  private @Nullable String rate;

  @Option(
      names = "--warm",
      description = "With -n or --duration: leave out requests that opened a connection.")
  private boolean warm;

  @Option(
      names = "--cold",
      description = "With -n or --duration: open a connection for each request.")
  private boolean cold;

  @Option(
      names = "--compare",
      paramLabel = "URL",
      description = "Make the same request to this URL, in turn, and compare.")
  private List<String> compared = new ArrayList<>();

  @Option(
      names = "--each-address",
      description = "Make the same request to each address of the host, in turn, and compare.")
  private boolean eachAddress;

  @Option(
      names = "--each-protocol",
      description = "Make the same request with HTTP/1.1 and HTTP/2, in turn, and compare.")
  private boolean eachProtocol;

  @Option(
      names = "--slo",
      paramLabel = "RULE[,RULE]...",
      description =
          "Fail if a limit is missed, such as 'ttfb<200ms'; with several requests each one counts, "
              + "or say 'p99:total<1s', 'mean:wait<=20ms'.")
  private List<String> slo = new ArrayList<>();

  /** {@return the option that asks for more than one request, or null} */
  @Nullable String reason() {
    if (requests != null) {
      return "-n";
    }
    if (duration != null) {
      return "--duration";
    }
    return !compared.isEmpty()
        ? "--compare"
        : eachAddress ? "--each-address" : eachProtocol ? "--each-protocol" : null;
  }

  /**
   * {@return the options}
   *
   * @param cookies has the {@code -c}, which may be a number
   * @throws CommandException if they are invalid
   */
  MeasureOptions toOptions(CookieArguments cookies) throws CommandException {
    Slo limits = slo.isEmpty() ? null : Slo.parse(slo);
    String reason = reason();
    if (reason == null) {
      refuseWithoutRequests();
      return limits == null
          ? MeasureOptions.NONE
          : new MeasureOptions(null, Comparison.none(), limits);
    }
    refuse(warm && cold, "--warm", "--cold");
    Comparison comparison = comparison();
    return new MeasureOptions(plan(cookies.takeNumber()), comparison, limits);
  }

  /**
   * Refuses what cannot be meant of many requests.
   *
   * @param all all options, for each URL
   * @throws CommandException if there is something
   */
  void check(List<CommandOptions> all) throws CommandException {
    String reason = reason();
    if (reason == null) {
      return;
    }
    CommandOptions options = all.get(0);
    if (options.target() == null) {
      throw CommandException.usage(reason + ": there is no URL");
    }
    if (all.size() > 1) {
      throw CommandException.usage(
          reason + ": there are " + all.size() + " URLs; --compare has those to compare with");
    }
    Output output = options.output();
    CurlOutput curl = output.curl();
    boolean head = options.request().method().equals("HEAD");
    String upload = options.request().body().upload();
    refuse("-".equals(upload) || ".".equals(upload), reason, "-T -");
    refuse(output.events(), reason, "--events");
    refuse(output.pictures().follow() != null, reason, "--follow");
    refuse(output.pictures().cumulative(), reason, "--cumulative");
    refuse(output.exports().har() != null, reason, "--har");
    refuse(output.exports().html() != null, reason, "--html");
    refuse(output.body() != null, reason, "-o");
    refuse(curl.include() && !head, reason, "-i");
    refuse(curl.verbose(), reason, "-v");
    refuse(curl.writeOut() != null, reason, "-w");
    refuse(curl.maxFileSize() != null, reason, "--max-filesize");
    refuse(options.followUps().retry().count() > 0, reason, "--retry");
    refuse(
        eachAddress && !options.connection().addresses().connectTo().isEmpty(),
        "--each-address",
        "--connect-to");
  }

  private void refuseWithoutRequests() throws CommandException {
    String given =
        concurrency != null
            ? "--concurrency"
            : rate != null ? "--rate" : warm ? "--warm" : cold ? "--cold" : null;
    if (given != null) {
      throw CommandException.usage(given + ": it needs -n or --duration");
    }
  }

  private static void refuse(boolean both, String one, String other) throws CommandException {
    if (both) {
      throw CommandException.usage(one + " and " + other + " exclude each other");
    }
  }

  private Comparison comparison() throws CommandException {
    refuse(!compared.isEmpty() && eachAddress, "--compare", "--each-address");
    refuse(!compared.isEmpty() && eachProtocol, "--compare", "--each-protocol");
    refuse(eachAddress && eachProtocol, "--each-address", "--each-protocol");
    List<Target> others = new ArrayList<>();
    for (String other : compared) {
      others.add(Target.parse(other));
    }
    Comparison.Kind kind =
        !others.isEmpty()
            ? Comparison.Kind.URLS
            : eachAddress
                ? Comparison.Kind.ADDRESSES
                : eachProtocol ? Comparison.Kind.PROTOCOLS : Comparison.Kind.NONE;
    return new Comparison(kind, others);
  }

  private LoadPlan plan(@Nullable String number) throws CommandException {
    Duration limit = duration();
    long count =
        requests != null
            ? count("-n", requests, "requests", MOST_REQUESTS)
            : limit != null ? LoadPlan.UNLIMITED : DEFAULT_COMPARED;
    double perSecond = rate == null ? 0 : rate(rate);
    String given = concurrency != null ? concurrency : number;
    String option = concurrency != null ? "--concurrency" : "-c";
    int atATime =
        given != null
            ? (int) count(option, given, "requests at a time", MOST_AT_A_TIME)
            : perSecond > 0 ? DEFAULT_WITH_RATE : 1;
    Connections connections = warm ? Connections.WARM : cold ? Connections.COLD : Connections.BOTH;
    return new LoadPlan(count, limit, atATime, perSecond, connections);
  }

  private @Nullable Duration duration() throws CommandException {
    if (duration == null) {
      return null;
    }
    Duration limit = OptionText.seconds("--duration", duration);
    if (limit == null) {
      throw CommandException.usage("--duration: it has to be longer than zero");
    }
    return limit;
  }

  private static long count(String option, String text, String what, long most)
      throws CommandException {
    if (text.matches("[0-9]{1,10}")) {
      long count = Long.parseLong(text);
      if (count >= 1 && count <= most) {
        return count;
      }
    }
    throw CommandException.usage(
        option + ": '" + text + "' is not a number of " + what + ", from 1 to " + most);
  }

  /** As with curl there may be a unit; without one it is the second. */
  private static double rate(String text) throws CommandException {
    Matcher parts = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(?:/([smhd]))?").matcher(text);
    if (parts.matches()) {
      String unit = parts.group(2) == null ? "s" : parts.group(2);
      double seconds =
          switch (unit) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 1;
          };
      double perSecond = Double.parseDouble(parts.group(1)) / seconds;
      if (perSecond >= MIN_RATE && perSecond <= MAX_RATE) {
        return perSecond;
      }
    }
    throw CommandException.usage(
        "--rate: '" + text + "' is not a number of requests per second, such as 50 or 30/m");
  }
}
