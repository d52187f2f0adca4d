package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.HeaderLine;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code -H} for fields that the client sends itself, because they describe the framing of the
 * body. They are obeyed or refused, but never ignored.
 *
 * @param others the other {@code -H}
 * @param chunked whether the body is sent in chunks though its length is known
 * @param expectContinue whether to wait for {@code 100 Continue} before the body; null if no {@code
 *     -H} says
 */
public record BodyFraming(
    List<HeaderLine> others, boolean chunked, @Nullable Boolean expectContinue) {

  public BodyFraming {
    others = List.copyOf(others);
  }

  /**
   * {@return the framing that the lines ask for}
   *
   * @param headers the lines
   * @param body the body, or null for none
   * @throws CommandException if that is not possible
   */
  public static BodyFraming of(List<HeaderLine> headers, @Nullable BodyPublisher body)
      throws CommandException {
    List<HeaderLine> others = new ArrayList<>();
    boolean chunked = false;
    Boolean expectContinue = null;
    for (HeaderLine header : headers) {
      if (header.isFor("Transfer-Encoding")) {
        chunked |= isChunked(header, body);
      } else if (header.isFor("Content-Length")) {
        checkLength(header, body);
      } else if (header.isFor("Expect")) {
        expectContinue = isContinue(header) || Boolean.TRUE.equals(expectContinue);
      } else if (header.isFor("Host") && header.value() == null) {
        throw CommandException.usage("-H: 'Host' cannot be left out");
      } else {
        others.add(header);
      }
    }
    return new BodyFraming(others, chunked, expectContinue);
  }

  private static boolean isChunked(HeaderLine header, @Nullable BodyPublisher body)
      throws CommandException {
    if (header.value() == null) {
      if (body != null && body.contentLength() < 0) {
        throw CommandException.usage(
            "-H: '" + header.name() + "' cannot be left out: the body's length is not known");
      }
      return false;
    }
    if (!header.value().equalsIgnoreCase("chunked")) {
      throw CommandException.usage("-H: '" + header.name() + "' can only be 'chunked'");
    }
    if (body == null) {
      throw CommandException.usage(
          "-H: '" + header.name() + ": chunked' needs a body, and there is none");
    }
    return true;
  }

  /** Accepts the right length, which a command line copied from a browser has. */
  private static void checkLength(HeaderLine header, @Nullable BodyPublisher body)
      throws CommandException {
    String value = header.value();
    long length = body == null ? 0 : body.contentLength();
    if (value == null && body != null && length >= 0) {
      throw CommandException.usage("-H: '" + header.name() + "' cannot be left out");
    }
    if (value != null && !value.equals(Long.toString(length))) {
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

  /** {@return the publisher of the body, in that framing} */
  public BodyPublisher publisher(@Nullable BodyPublisher body) {
    if (body == null) {
      return BodyPublishers.noBody();
    }
    return chunked ? BodyPublishers.fromPublisher(body) : body;
  }
}
