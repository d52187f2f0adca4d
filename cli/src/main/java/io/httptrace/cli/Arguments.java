package io.httptrace.cli;

import io.httptrace.cli.Options.AddressFamily;
import io.httptrace.cli.Options.Color;
import io.httptrace.cli.Options.ConnectionOptions;
import io.httptrace.cli.Options.Output;
import io.httptrace.cli.Options.RequestOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options as picocli fills them in, one by one; {@link #toOptions()} makes sense of them
 * together.
 */
@Command(
    name = "httptrace",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "httptrace [OPTION]... [URL]",
    description = {
      "Makes an HTTP request and draws where its time went.",
      "Without a URL it requests an embedded server, twice: on a new connection, and on that same "
          + "connection out of the pool.%n"
    },
    optionListHeading = "Options, as curl means them where curl has them:%n",
    exitCodeListHeading = "%nExit status:%n",
    footerHeading = "%n",
    footer = {
      "The body of the response is dropped unless -o says where it goes. Colour is for terminals, "
          + "and NO_COLOR and TERM=dumb switch it off; COLUMNS sets the width."
    })
final class Arguments {

  /** The longest time limit that can be given: about 31 years. */
  private static final double MAX_SECONDS = 1e9;

  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      hideParamSyntax = true,
      description = "What to request; http:// is assumed if it has no scheme.")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = {"-X", "--request"},
      paramLabel = "METHOD",
      description = "The method. Default: GET; POST with -d, HEAD with -I.")
  private @Nullable String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "LINE",
      description =
          "A header field to send, 'Name: value'; 'Name;' sends it empty, 'Name:' leaves it out.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DATA",
      description =
          "A body to POST as a form; @FILE sends what a file holds without its line ends, @- "
              + "standard input. Several are joined with '&'.")
  private List<String> data = new ArrayList<>();

  @Option(
      names = {"-I", "--head"},
      description = "Ask for the head of the response only.")
  private boolean head;

  @Option(
      names = {"-A", "--user-agent"},
      paramLabel = "NAME",
      description = "The User-Agent to send; '' sends none.")
  private @Nullable String userAgent;

  @Option(
      names = {"-k", "--insecure"},
      description = "Accept any certificate.")
  private boolean insecure;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Trust the certificates in this PEM file, and no others.")
  private @Nullable String caCertificates;

  @Option(
      names = {"-4", "--ipv4"},
      description = "Use IPv4 addresses only.")
  private boolean ipv4;

  @Option(
      names = {"-6", "--ipv6"},
      description = "Use IPv6 addresses only.")
  private boolean ipv6;

  @Option(
      names = "--resolve",
      paramLabel = "HOST:PORT:ADDR[,ADDR]...",
      description = "Use these addresses for a host and port; '*' is any host.")
  private List<String> resolve = new ArrayList<>();

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      description = "Give up when there is no connection after this time.")
  private @Nullable String connectTimeout;

  @Option(
      names = {"-m", "--max-time"},
      paramLabel = "SECONDS",
      description = "Give up when the response is not complete after this time.")
  private @Nullable String maxTime;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write the body to a file. With '-' it goes to standard output, and all else to standard "
              + "error.")
  private @Nullable String output;

  @Option(
      names = "--events",
      description = "Print each hook as it fires, with its offset and arguments.")
  private boolean events;

  @Option(
      names = "--json",
      description =
          "Print the timeline as JSON, one line for each request, in place of the picture; events "
              + "then go to standard error.")
  private boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "When to use colour: auto, always or never.")
  private @Nullable String color;

  @Option(
      names = "--show-secrets",
      description = "Do not mask credentials, cookies, and the values in the URL's query.")
  private boolean showSecrets;

  /**
   * {@return what the arguments ask for}
   *
   * @throws CommandException if they make no sense, alone or together
   */
  Options toOptions() throws CommandException {
    if (urls.size() > 1) {
      throw CommandException.usage("only one URL can be traced, there are " + urls.size());
    }
    if (head && !data.isEmpty()) {
      throw CommandException.usage("-I and -d exclude each other");
    }
    Output shown = new Output(output, events, json, color(), showSecrets);
    return new Options(
        urls.isEmpty() ? null : Target.parse(urls.get(0)), request(), connection(), shown);
  }

  private RequestOptions request() throws CommandException {
    List<HeaderLine> lines = new ArrayList<>();
    for (String header : headers) {
      lines.add(HeaderLine.parse(header));
    }
    String defaultMethod = head ? "HEAD" : data.isEmpty() ? "GET" : "POST";
    String chosen = method == null ? defaultMethod : method;
    if (!HeaderLine.isToken(chosen)) {
      throw CommandException.usage("-X: '" + chosen + "' is not a method");
    }
    if (userAgent != null && !HeaderLine.isFieldValue(userAgent)) {
      throw CommandException.usage("-A: the name holds a character that cannot be sent");
    }
    return new RequestOptions(chosen, lines, data.stream().map(DataPart::new).toList(), userAgent);
  }

  private ConnectionOptions connection() throws CommandException {
    if (ipv4 && ipv6) {
      throw CommandException.usage("-4 and -6 exclude each other");
    }
    List<ResolveEntry> entries = new ArrayList<>();
    for (String entry : resolve) {
      entries.add(ResolveEntry.parse(entry));
    }
    return new ConnectionOptions(
        insecure,
        path("--cacert", caCertificates),
        ipv4 ? AddressFamily.IPV4 : ipv6 ? AddressFamily.IPV6 : AddressFamily.ANY,
        entries,
        seconds("--connect-timeout", connectTimeout),
        seconds("-m", maxTime));
  }

  private Color color() throws CommandException {
    if (color == null) {
      return Color.AUTO;
    }
    return switch (color) {
      case "auto" -> Color.AUTO;
      case "always" -> Color.ALWAYS;
      case "never" -> Color.NEVER;
      default ->
          throw CommandException.usage("--color: '" + color + "' is not auto, always or never");
    };
  }

  private static @Nullable Path path(String option, @Nullable String text) throws CommandException {
    try {
      return text == null ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw CommandException.usage(option + ": '" + text + "' is not a file name");
    }
  }

  /** As with curl, zero is no limit. */
  private static @Nullable Duration seconds(String option, @Nullable String text)
      throws CommandException {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")) {
      throw CommandException.usage(option + ": '" + text + "' is not a number of seconds");
    }
    double seconds = Double.parseDouble(text);
    if (seconds > MAX_SECONDS) {
      throw CommandException.usage(option + ": " + text + " seconds is too long");
    }
    return seconds == 0 ? null : Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
  }
}
