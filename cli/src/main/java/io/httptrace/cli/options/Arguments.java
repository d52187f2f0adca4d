package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.CommandOptions.Color;
import io.httptrace.cli.options.CommandOptions.FieldOptions;
import io.httptrace.cli.options.CommandOptions.FollowUpOptions;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.options.CommandOptions.RequestOptions;
import io.httptrace.cli.options.CommandOptions.Style;
import io.httptrace.cli.options.ConnectionOptions.AddressFamily;
import io.httptrace.cli.options.ConnectionOptions.AddressOptions;
import io.httptrace.cli.text.HeaderLine;
import io.httptrace.cli.text.OptionText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options as picocli fills them in, one by one; {@link #toOptions} checks and combines them.
 */
@Command(
    name = "httptrace",
    sortOptions = false,
    customSynopsis = "httptrace [OPTION]... [URL]...",
    description = {
      "Makes an HTTP request and draws where its time went.",
      "Without a URL it requests an embedded server, twice: on a new connection, and on that same "
          + "connection out of the pool. Options that curl has work as in curl."
    },
    footer = {
      "The body of the response is dropped unless -o says where it goes. Colour is for terminals, "
          + "and NO_COLOR and TERM=dumb switch it off; COLUMNS sets the width.",
      "",
      "'httptrace attach' shows the requests of a JVM that runs; see 'httptrace attach -h'."
    })
public final class Arguments {

  @Mixin private UrlArguments url = new UrlArguments();

  @Option(
      names = {"-X", "--request"},
      paramLabel = "METHOD",
      description = "The method. Default: GET; POST with -d or -F, PUT with -T, HEAD with -I.")
  private @Nullable String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "LINE",
      description =
          "A header field to send, 'Name: value'; 'Name;' sends it empty, 'Name:' leaves it out; "
              + "@FILE holds one on each line.")
  private List<String> headers = new ArrayList<>();

  @Mixin private BodyArguments body = new BodyArguments();

  @Option(
      names = {"-I", "--head"},
      description = "Ask for the head of the response only.")
  private boolean head;

  @Option(
      names = {"-A", "--user-agent"},
      paramLabel = "NAME",
      description = "The User-Agent to send; '' sends none.")
  private @Nullable String userAgent;

  @Mixin private FieldArguments fields = new FieldArguments();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER:PASSWORD",
      description = "User and password for the server (Basic); never sent to another one.")
  private @Nullable String user;

  @Option(
      names = "--compressed",
      description = "Ask for a compressed response (gzip), and decompress it.")
  private boolean compressed;

  @Option(
      names = {"-L", "--location"},
      description = "Follow redirects.")
  private boolean location;

  @Option(
      names = "--max-redirs",
      paramLabel = "NUMBER",
      description = "How many redirects to follow; -1 is no limit. Default: 50.")
  private String maxRedirects = "50";

  @Mixin private CookieArguments cookies = new CookieArguments();

  @Mixin private ProtocolArguments protocol = new ProtocolArguments();

  @Mixin private ProxyArguments proxy = new ProxyArguments();

  @Mixin private TlsArguments tls = new TlsArguments();

  @Mixin private NetworkArguments network = new NetworkArguments();

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

  @Mixin private RetryArguments retry = new RetryArguments();

  @Mixin private OutputArguments curlOutput = new OutputArguments();

  @Option(
      names = "--events",
      description =
          "Print each hook as it fires, with its offset and arguments; on standard error with a "
              + "--format other than text.")
  private boolean events;

  @Mixin private FormatArguments format = new FormatArguments();

  @Mixin private ExportArguments exports = new ExportArguments();

  @Mixin private PictureArguments picture = new PictureArguments();

  @Mixin private MeasureArguments measure = new MeasureArguments();

  @Option(names = "--color", paramLabel = "auto|always|never", description = "When to use colour.")
  private @Nullable String color;

  @Option(
      names = "--show-secrets",
      description = "Do not mask credentials, cookies, and the values in the URL's query.")
  private boolean showSecrets;

  @Mixin private HelpArguments help = new HelpArguments();

  HelpArguments help() {
    return help;
  }

  /**
   * {@return the options, one for each URL; for the embedded server if there is no URL}
   *
   * @param stdin read for {@code -H @-} and {@code -w @-}
   * @throws CommandException if arguments are invalid, alone or together
   */
  List<CommandOptions> toOptions(InputStream stdin) throws CommandException {
    MeasureOptions measured = measure.toOptions(cookies);
    CurlOutput shown = curlOutput.toOptions(head, stdin);
    FollowUpOptions followUps =
        new FollowUpOptions(
            location,
            OptionText.count("--max-redirs", maxRedirects),
            compressed,
            cookies.toOptions(),
            retry.toOptions());
    List<HeaderLine> lines = HeaderLine.of(headers, stdin);
    ConnectionOptions connection = connection();
    List<String> urls = url.all();
    picture.check(urls.size());
    body.checkUploads(Math.max(1, urls.size()));
    List<CommandOptions> all = new ArrayList<>();
    for (int i = 0; i < Math.max(1, urls.size()); i++) {
      String text = urls.isEmpty() ? null : urls.get(i);
      all.add(
          new CommandOptions(
              text == null ? null : Target.parse(text),
              request(lines, i),
              connection,
              followUps,
              output(curlOutput.bodyOf(i, text), shown),
              measured));
    }
    measure.check(all);
    return all;
  }

  private Output output(@Nullable String file, CurlOutput shown) throws CommandException {
    return new Output(
        file,
        events,
        format.toFormat(),
        exports.toOptions(file),
        new Style(Color.of(color), showSecrets, picture.toOptions()),
        shown);
  }

  private RequestOptions request(List<HeaderLine> lines, int number) throws CommandException {
    BodyOptions sent = body.toOptions(head, number);
    String defaultMethod = head ? "HEAD" : sent.method();
    String chosen = method == null ? defaultMethod : method;
    if (!HeaderLine.isToken(chosen)) {
      throw CommandException.usage("-X: '" + chosen + "' is not a method");
    }
    if (userAgent != null) {
      HeaderLine.checkFieldValue("-A: the name", userAgent);
    }
    return new RequestOptions(
        chosen,
        lines,
        sent,
        new FieldOptions(
            userAgent,
            OptionText.user("-u", user),
            cookies.text(),
            fields.referer(location),
            fields.range(defaultMethod)));
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
        protocol.toProtocol(),
        tls.toOptions(network.tlsVersions()),
        proxy.toOptions(),
        new AddressOptions(
            ipv4 ? AddressFamily.IPV4 : ipv6 ? AddressFamily.IPV6 : AddressFamily.ANY,
            entries,
            network.connectTo(),
            network.device()),
        OptionText.seconds("--connect-timeout", connectTimeout),
        OptionText.seconds("-m", maxTime));
  }
}
