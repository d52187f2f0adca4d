package io.httptrace.cli.body;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.BodyOptions;
import io.httptrace.cli.options.CommandOptions.RequestOptions;
import io.httptrace.cli.options.DataPart;
import io.httptrace.cli.text.Escapes;
import io.httptrace.cli.text.HeaderLine;
import io.httptrace.cli.text.Octets;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/**
 * What the options for the body add to a request.
 *
 * @param body the body, or null for none
 * @param type the {@code Content-Type}, without the boundary, unless another one is given; or null
 * @param boundary the boundary between the parts of the body, or null if it has no parts
 * @param query what to add to the URL's query, percent-encoded, or null
 * @param fileName what to add to a URL that ends in a slash, percent-encoded, or null
 */
public record Payload(
    @Nullable BodyPublisher body,
    @Nullable String type,
    @Nullable String boundary,
    @Nullable String query,
    @Nullable String fileName) {

  /** Adds nothing. */
  public static final Payload NONE = new Payload(null, null, null, null, null);

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";

  /** The media type of {@code --json}, for both directions. */
  public static final String JSON = "application/json";

  /** How long a body may be that is sent without asking the server, as by curl. */
  private static final long LARGE = 1024 * 1024;

  /**
   * {@return what the options add} Files that are not streamed are read.
   *
   * @param request the options
   * @param stdin read for {@code -}
   * @throws CommandException if a file cannot be read, or data cannot be sent in a URL
   */
  public static Payload of(RequestOptions request, InputStream stdin) throws CommandException {
    BodyOptions options = request.body();
    String upload = options.upload();
    if (upload != null) {
      return upload(upload, stdin);
    }
    if (!options.form().isEmpty()) {
      MultipartForm form = MultipartForm.of(options.form(), disposition(request), stdin);
      return new Payload(form.body(), MULTIPART, form.boundary(), null, null);
    }
    if (options.data().isEmpty()) {
      return NONE;
    }
    byte[] data = DataPart.join(options.data(), stdin);
    String json = options.json() ? JSON : null;
    return options.inQuery()
        ? new Payload(null, json, null, query(data), null)
        : new Payload(
            BodyPublishers.ofByteArray(data), json == null ? FORM : json, null, null, null);
  }

  /** As with curl, in a body that is given another type the fields are attachments. */
  private static String disposition(RequestOptions request) {
    for (HeaderLine header : request.headers()) {
      String type = header.value();
      if (header.isFor("Content-Type") && type != null) {
        boolean form = type.split(";", 2)[0].strip().equalsIgnoreCase(MULTIPART);
        return form ? "form-data" : "attachment";
      }
    }
    return "form-data";
  }

  private static Payload upload(String file, InputStream stdin) throws CommandException {
    // A dot is standard input too, which curl then reads without waiting for it.
    if (file.equals("-") || file.equals(".")) {
      return new Payload(FileBody.once(stdin), null, null, null, null);
    }
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return new Payload(
        FileBody.of("-T", file), null, null, null, Escapes.encodeAll(Octets.encode(name)));
  }

  private static String query(byte[] data) throws CommandException {
    for (int i = 0; i < data.length; i++) {
      if ((data[i] >= 0 && data[i] <= ' ') || data[i] == 0x7f) {
        throw new CommandException(
            ExitCode.BAD_URL,
            "bad URL: illegal character at position "
                + i
                + " of the data for -G; --data-urlencode encodes it");
      }
    }
    return Escapes.encode(Octets.decode(data), Escapes.QUERY);
  }

  /**
   * {@return where to send the request}
   *
   * @param uri the URL that was given
   */
  public URI target(URI uri) {
    String text = uri.toString();
    String given = uri.getRawQuery();
    if (query != null) {
      if (given == null) {
        return query.isEmpty() ? uri : URI.create(text + "?" + query);
      }
      boolean joined = given.isEmpty() || given.endsWith("&");
      return URI.create(text + (joined ? "" : "&") + query);
    }
    if (fileName == null || !uri.getRawPath().endsWith("/")) {
      return uri;
    }
    int end = given == null ? text.length() : text.length() - given.length() - 1;
    return URI.create(text.substring(0, end) + fileName + text.substring(end));
  }

  /** {@return whether curl asks the server before it sends this body over HTTP/1.1} */
  public boolean expectsContinue() {
    if (body == null) {
      return false;
    }
    long length = body.contentLength();
    boolean upload = type == null;
    return upload ? length != 0 : length < 0 || length > LARGE;
  }
}
