package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.CurlOutput.FailOn;
import io.httptrace.cli.options.CurlOutput.Messages;
import io.httptrace.cli.text.InputFile;
import io.httptrace.cli.text.Octets;
import io.httptrace.cli.text.OptionText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of curl for what is shown, and where. */
final class OutputArguments {
  private final List<BodyDestination> destinations = new ArrayList<>();

  @Option(
      names = {"-i", "--include"},
      description = "Show the header fields of the response; with -o before the body.")
  private boolean include;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the header fields of request and response.")
  private boolean verbose;

  @Option(
      names = {"-s", "--silent"},
      description = "Write no messages, and with -w or '-o -' no picture either.")
  private boolean silent;

  @Option(
      names = {"-S", "--show-error"},
      description = "With -s, write why a request failed all the same.")
  private boolean showError;

  @Option(
      names = {"-f", "--fail"},
      description = "A status from 400 on is a failure, and its body is dropped.")
  private boolean fail;

  @Option(
      names = "--fail-with-body",
      description = "A status from 400 on is a failure, and its body is kept.")
  private boolean failWithBody;

  @Option(
      names = "--max-filesize",
      paramLabel = "BYTES",
      description = "Do not read a body whose length is known to be more; k, M, G can follow.")
  private @Nullable String maxFileSize;

  @Option(
      names = {"-w", "--write-out"},
      paramLabel = "FORMAT",
      description =
          "What to print after the request, with variables such as '%%{http_code}'; @FILE holds "
              + "it, @- is standard input.")
  private @Nullable String writeOut;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write the body to a file. With '-' it goes to standard output, and all else to standard "
              + "error.")
  void output(@Nullable String file) {
    if (file != null) {
      destinations.add(new BodyDestination(file));
    }
  }

  @Option(
      names = {"-O", "--remote-name"},
      description = "Write the body to a file that is named like the end of the URL's path.")
  void remoteName(boolean given) {
    if (given) {
      destinations.add(BodyDestination.REMOTE_NAME);
    }
  }

  @Option(
      names = {"-J", "--remote-header-name"},
      hidden = true)
  private boolean remoteHeaderName;

  /**
   * {@return where the body of a URL goes, or null to drop it} The first {@code -o} or {@code -O}
   * is for the first URL, and so on.
   */
  @Nullable String bodyOf(int number, @Nullable String url) throws CommandException {
    return number < destinations.size() ? destinations.get(number).fileFor(url) : null;
  }

  /**
   * {@return the options}
   *
   * @param head whether only the head of the response is asked for, which is then shown
   * @param stdin read for {@code -w @-}
   * @throws CommandException if arguments are invalid, alone or together
   */
  CurlOutput toOptions(boolean head, InputStream stdin) throws CommandException {
    if (fail && failWithBody) {
      throw CommandException.usage("-f and --fail-with-body exclude each other");
    }
    if (remoteHeaderName) {
      throw CommandException.usage("-J: a name that the server chooses is not supported; -o is");
    }
    return new CurlOutput(
        include || head,
        verbose,
        !silent ? Messages.ALL : showError ? Messages.ERRORS : Messages.NONE,
        fail ? FailOn.STATUS : failWithBody ? FailOn.STATUS_WITH_BODY : FailOn.NO_STATUS,
        OptionText.bytes("--max-filesize", maxFileSize),
        writeOut != null && writeOut.startsWith("@")
            ? read(writeOut.substring(1), stdin)
            : writeOut);
  }

  /** As with curl, the ends of the lines are left out. */
  private static String read(String file, InputStream stdin) throws CommandException {
    return Octets.decode(InputFile.read("-w", file, stdin)).replaceAll("[\r\n]", "");
  }
}
