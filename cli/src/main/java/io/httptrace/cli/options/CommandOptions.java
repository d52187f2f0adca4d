package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.HeaderLine;
import io.httptrace.timeline.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command.
 *
 * @param target what to request; null to request the embedded server
 * @param request what to send
 * @param connection how to connect
 * @param followUps how to handle responses
 * @param output what to show
 * @param measure what to measure, and the limits
 */
public record CommandOptions(
    @Nullable Target target,
    RequestOptions request,
    ConnectionOptions connection,
    FollowUpOptions followUps,
    Output output,
    MeasureOptions measure) {

  /**
   * {@return whether more than one request is asked for with this URL, or may be made} Redirects
   * are of one request.
   */
  public boolean several() {
    return (target == null && !followUps.location())
        || followUps.retry().count() > 0
        || output.pictures().follow() != null;
  }

  /**
   * What to send.
   *
   * @param method the method
   * @param headers the {@code -H}, in order
   * @param body what the body is made of
   * @param fields the fields with an option of their own
   */
  public record RequestOptions(
      String method, List<HeaderLine> headers, BodyOptions body, FieldOptions fields) {
    public RequestOptions {
      headers = List.copyOf(headers);
    }
  }

  /**
   * The fields with an option of their own. A {@code -H} counts before them.
   *
   * @param userAgent the {@code -A}, or null; empty to send none
   * @param user the {@code -u}, {@code user:password}, or null
   * @param cookie the text of the {@code -b}, or null
   * @param referer the {@code -e}, or null
   * @param range the {@code -r} as the field has it, or null
   */
  public record FieldOptions(
      @Nullable String userAgent,
      @Nullable String user,
      @Nullable String cookie,
      @Nullable String referer,
      @Nullable String range) {

    /** Without any option. */
    public static final FieldOptions NONE = new FieldOptions(null, null, null, null, null);
  }

  /**
   * How to handle responses.
   *
   * @param location whether to follow redirects
   * @param maxRedirects how many of them; {@link Integer#MAX_VALUE} for no limit
   * @param compressed whether to ask for gzip, and to decode it
   * @param cookies where cookies are kept
   * @param retry whether a request that failed is made again
   */
  public record FollowUpOptions(
      boolean location,
      int maxRedirects,
      boolean compressed,
      CookieOptions cookies,
      RetryOptions retry) {}

  /**
   * Where cookies are kept.
   *
   * @param files the files of the {@code -b}, {@code -} for standard input; an empty name is no
   *     file
   * @param jar the file of the {@code -c}, {@code -} for standard output, or null for none
   */
  public record CookieOptions(List<String> files, @Nullable String jar) {
    public CookieOptions {
      files = List.copyOf(files);
    }

    /** {@return whether cookies are kept at all} */
    public boolean kept() {
      return !files.isEmpty() || jar != null;
    }
  }

  /** When to use colour. */
  public enum Color {
    /** On a terminal that has colour, unless {@code NO_COLOR} is set. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER;

    /**
     * {@return what {@code --color} says}
     *
     * @param value its value, or null without it
     * @throws CommandException if there is no such value
     */
    static Color of(@Nullable String value) throws CommandException {
      if (value == null) {
        return AUTO;
      }
      return switch (value) {
        case "auto" -> AUTO;
        case "always" -> ALWAYS;
        case "never" -> NEVER;
        default ->
            throw CommandException.usage("--color: '" + value + "' is not auto, always or never");
      };
    }
  }

  /**
   * What to show.
   *
   * @param body where the response's body goes: a file, {@code -} for standard output, or null to
   *     drop it
   * @param events whether to print each hook as it fires
   * @param format the form in which to say what has happened
   * @param exports the files that show it to others
   * @param style how to show it
   * @param curl what to show by the options that curl has
   */
  public record Output(
      @Nullable String body,
      boolean events,
      OutputFormat format,
      Exports exports,
      Style style,
      CurlOutput curl) {

    /** {@return whether to show the header fields of request and response} */
    public boolean verbose() {
      return curl.verbose();
    }

    /** {@return when to use colour} */
    public Color color() {
      return style.color();
    }

    /** {@return what pictures show, and how often} */
    public PictureOptions pictures() {
      return style.pictures();
    }

    /** {@return whether secrets are masked} */
    public Redaction redaction() {
      return style.showSecrets() ? Redaction.NONE : Redaction.MASK_SECRETS;
    }

    /**
     * {@return whether there is a picture} With {@code -s} there is none if something else is for
     * standard output.
     */
    public boolean picture() {
      return format == OutputFormat.TEXT
          && !(curl.silent() && (toStderr() || curl.writeOut() != null));
    }

    /** {@return whether standard output belongs to the body} */
    public boolean bodyToStdout() {
      return "-".equals(body);
    }

    /** {@return whether standard output belongs to the body, or to a file for others} */
    public boolean toStderr() {
      return bodyToStdout() || exports.toStdout();
    }
  }

  /**
   * How to show what has happened.
   *
   * @param color when to use colour
   * @param showSecrets whether to leave secrets unmasked
   * @param pictures what pictures show, and how often
   */
  public record Style(Color color, boolean showSecrets, PictureOptions pictures) {}

  /**
   * The files that show to others what has happened.
   *
   * @param har the name of a HAR, {@code -} for standard output, or null for none
   * @param html that of a web page
   */
  public record Exports(@Nullable String har, @Nullable String html) {

    /** {@return whether there is any} */
    public boolean any() {
      return har != null || html != null;
    }

    /** {@return whether one of them is standard output} */
    public boolean toStdout() {
      return "-".equals(har) || "-".equals(html);
    }
  }
}
