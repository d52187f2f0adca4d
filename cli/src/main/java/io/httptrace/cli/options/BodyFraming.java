package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.HeaderLine;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code -H} for fields that the client sends itself, because they describe the framing of the
 * body. They are obeyed or refused, but never ignored.
 *
 * @param others the other {@code -H}
 * @param hasBody whether there is a body
 * @param chunked whether the body is sent in chunks though its length is known
 * @param expectContinue whether to wait for {@code 100 Continue} before the body
 */
public record BodyFraming(
    List<HeaderLine> others, boolean hasBody, boolean chunked, boolean expectContinue) {

  public BodyFraming {
    others = List.copyOf(others);
  }

  /**
   * {@return the framing that the lines ask for}
   *
   * @param headers the lines
   * @param length how long the body is; negative if there is none
   * @throws CommandException if that is not possible
   */
  public static BodyFraming of(List<HeaderLine> headers, int length) throws CommandException {
    List<HeaderLine> others = new ArrayList<>();
    boolean chunked = false;
    boolean expectContinue = false;
    for (HeaderLine header : headers) {
      if (header.isFor("Transfer-Encoding")) {
        chunked |= isChunked(header, length);
      } else if (header.isFor("Content-Length")) {
        checkLength(header, length);
      } else if (header.isFor("Expect")) {
        expectContinue |= isContinue(header);
      } else if (header.isFor("Host") && header.value() == null) {
        throw CommandException.usage("-H: 'Host' cannot be left out");
      } else {
        others.add(header);
      }
    }
    return new BodyFraming(others, length >= 0, chunked, expectContinue);
  }

  private static boolean isChunked(HeaderLine header, int length) throws CommandException {
    if (header.value() == null) {
      return false;
    }
    if (!header.value().equalsIgnoreCase("chunked")) {
      throw CommandException.usage("-H: '" + header.name() + "' can only be 'chunked'");
    }
    if (length < 0) {
      throw CommandException.usage(
          "-H: '" + header.name() + ": chunked' needs a body, and there is no -d");
    }
    return true;
  }

  /** Accepts the right length, which a command line copied from a browser has. */
  private static void checkLength(HeaderLine header, int length) throws CommandException {
    String value = header.value();
    if (value == null && length >= 0) {
      throw CommandException.usage("-H: '" + header.name() + "' cannot be left out");
    }
    if (value != null && !value.equals(Integer.toString(Math.max(0, length)))) {
      throw CommandException.usage(
          "-H: '" + header.name() + "' cannot be set to another length than that of the body");
    }
  }

  private static boolean isContinue(HeaderLine header) throws CommandException {
    if (header.value() == null) {
      return false;
    }
    if (!header.value().equalsIgnoreCase("100-continue")) {
      throw CommandException.usage("-H: '" + header.name() + "' can only be '100-continue'");
    }
    return true;
  }

  /** {@return the publisher of the body} */
  public BodyPublisher publisher(byte[] body) {
    if (!hasBody) {
      return BodyPublishers.noBody();
    }
    BodyPublisher whole = BodyPublishers.ofByteArray(body);
    return chunked ? BodyPublishers.fromPublisher(whole) : whole;
  }
}
