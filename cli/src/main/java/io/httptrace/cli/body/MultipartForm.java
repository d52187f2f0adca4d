package io.httptrace.cli.body;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.FormField;
import io.httptrace.cli.options.FormField.Source;
import io.httptrace.cli.text.InputFile;
import io.httptrace.cli.text.Octets;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A form as {@code multipart/form-data} (RFC 7578), with the same octets as that of curl. Files are
 * read while they are sent.
 */
final class MultipartForm {
  private static final String DASHES = "-".repeat(24);

  /** The types that curl knows, by the end of the file's name. */
  private static final Map<String, String> TYPES =
      Map.of(
          "gif", "image/gif",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "png", "image/png",
          "svg", "image/svg+xml",
          "txt", "text/plain",
          "htm", "text/html",
          "html", "text/html",
          "pdf", "application/pdf",
          "xml", "application/xml");

  private final String boundary;
  private final List<BodyPublisher> parts = new ArrayList<>();

  /** What is not in {@link #parts} yet. */
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  private MultipartForm(String boundary) {
    this.boundary = boundary;
  }

  /**
   * {@return the form}
   *
   * @param fields its fields, in order
   * @param disposition what they are (RFC 2183): {@code form-data} or {@code attachment}
   * @param stdin read for {@code -}
   * @throws CommandException if a file cannot be read
   */
  static MultipartForm of(List<FormField> fields, String disposition, InputStream stdin)
      throws CommandException {
    String random = String.format(Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong());
    MultipartForm form = new MultipartForm(DASHES + random);
    for (FormField field : fields) {
      form.add(field, disposition, stdin);
    }
    form.write("--" + form.boundary + "--\r\n");
    form.endText();
    return form;
  }

  /** {@return the boundary, which stands between the parts} */
  String boundary() {
    return boundary;
  }

  /** {@return the body} */
  BodyPublisher body() {
    return parts.size() == 1
        ? parts.get(0)
        : BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
  }

  private void add(FormField field, String disposition, InputStream stdin) throws CommandException {
    String fileName = fileName(field);
    write("--" + boundary);
    if (field.name() != null || fileName != null || disposition.equals("form-data")) {
      write("\r\nContent-Disposition: " + disposition);
      writeParameter("name", field.name());
      writeParameter("filename", fileName);
    }
    String type = type(field, fileName);
    if (type != null) {
      write("\r\nContent-Type: " + type);
    }
    write("\r\n\r\n");
    if (field.source() == Source.TEXT) {
      write(field.content());
    } else if (field.content().equals("-")) {
      text.writeBytes(InputFile.read("-F", "-", stdin));
    } else {
      BodyPublisher file = FileBody.of("-F", field.content());
      endText();
      parts.add(file);
    }
    write("\r\n");
  }

  private void writeParameter(String name, @Nullable String value) {
    if (value != null) {
      String escaped = value.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
      write("; " + name + "=\"" + escaped + "\"");
    }
  }

  private static @Nullable String fileName(FormField field) {
    if (field.fileName() != null || field.source() != Source.FILE) {
      return field.fileName();
    }
    return field.content().substring(field.content().lastIndexOf('/') + 1);
  }

  /** As curl guesses it; a text without a name of a file needs none. */
  private static @Nullable String type(FormField field, @Nullable String fileName) {
    if (field.type() != null) {
      return field.type();
    }
    String guess = fileName == null ? null : guess(fileName);
    boolean file = field.source() != Source.TEXT && !field.content().equals("-");
    if (guess == null && file) {
      guess = guess(field.content());
    }
    if (guess == null) {
      return file && fileName != null ? "application/octet-stream" : null;
    }
    return guess.equals("text/plain") && fileName == null ? null : guess;
  }

  private static @Nullable String guess(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 0 ? null : TYPES.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private void write(String more) {
    text.writeBytes(Octets.encode(more));
  }

  private void endText() {
    if (text.size() > 0) {
      parts.add(BodyPublishers.ofByteArray(text.toByteArray()));
      text.reset();
    }
  }
}
