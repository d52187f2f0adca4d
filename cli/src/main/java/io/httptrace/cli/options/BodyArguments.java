package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.DataPart.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what the body of the request is made of. */
final class BodyArguments {
  private final List<DataPart> data = new ArrayList<>();
  private final List<FormArgument> form = new ArrayList<>();
  private final List<String> uploads = new ArrayList<>();

  /** A {@code -F}, or a {@code --form-string}, whose value is literal. */
  private record FormArgument(String text, boolean literal) {}

  @Option(
      names = {"-G", "--get"},
      description = "Send the data in the URL's query, with GET.")
  private boolean get;

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DATA",
      description =
          "A body to POST as a form; @FILE sends what a file holds without its line ends, @- "
              + "standard input. Several are joined with '&'.")
  void data(@Nullable String value) {
    add(Kind.TEXT, value);
  }

  @Option(names = "--data-ascii", paramLabel = "DATA", description = "The same as -d.")
  void dataAscii(@Nullable String value) {
    add(Kind.TEXT, value);
  }

  @Option(
      names = "--data-raw",
      paramLabel = "DATA",
      description = "The same as -d, but an @ has no special meaning.")
  void dataRaw(@Nullable String value) {
    add(Kind.RAW, value);
  }

  @Option(
      names = "--data-binary",
      paramLabel = "DATA",
      description = "The same as -d, but a file is sent as it is.")
  void dataBinary(@Nullable String value) {
    add(Kind.BINARY, value);
  }

  @Option(
      names = "--data-urlencode",
      paramLabel = "DATA",
      description =
          "The same as -d, but percent-encoded: 'TEXT', 'NAME=TEXT', '@FILE' or 'NAME@FILE'.")
  void dataUrlencode(@Nullable String value) {
    add(Kind.URL_ENCODED, value);
  }

  @Option(
      names = "--json",
      paramLabel = "DATA",
      description = "JSON to POST; @FILE holds it, @- is standard input. Several are concatenated.")
  void json(@Nullable String value) {
    add(Kind.JSON, value);
  }

  @Option(
      names = {"-F", "--form"},
      paramLabel = "NAME=CONTENT",
      description =
          "A field of a form to POST (multipart/form-data); @FILE uploads a file, <FILE is what "
              + "one holds; then ';type=...' and ';filename=...'.")
  void form(@Nullable String value) {
    if (value != null) {
      form.add(new FormArgument(value, false));
    }
  }

  @Option(
      names = "--form-string",
      paramLabel = "NAME=TEXT",
      description = "The same as -F, but nothing in the text has a special meaning.")
  void formString(@Nullable String value) {
    if (value != null) {
      form.add(new FormArgument(value, true));
    }
  }

  @Option(
      names = {"-T", "--upload-file"},
      paramLabel = "FILE",
      description =
          "A file to PUT, '-' for standard input; its name is added to a URL that ends in '/'.")
  void upload(@Nullable String value) {
    if (value != null) {
      uploads.add(value);
    }
  }

  private void add(Kind kind, @Nullable String value) {
    if (value != null) {
      data.add(new DataPart(kind, value));
    }
  }

  /**
   * Checks that each {@code -T} has a URL.
   *
   * @param urls how many URLs there are
   * @throws CommandException if there are fewer URLs
   */
  void checkUploads(int urls) throws CommandException {
    if (uploads.size() > urls) {
      throw CommandException.usage(
          "-T: there are " + uploads.size() + " files to send, but not as many URLs");
    }
  }

  /**
   * {@return the options for a URL} The first {@code -T} is for the first URL, and so on.
   *
   * @param head whether there is a {@code -I}
   * @param number the number of the URL, from 0
   * @throws CommandException if they exclude each other, or one is malformed
   */
  BodyOptions toOptions(boolean head, int number) throws CommandException {
    // An empty name is no upload, as with curl.
    boolean none = number >= uploads.size() || uploads.get(number).isEmpty();
    String upload = none ? null : uploads.get(number);
    List<String> methods = new ArrayList<>();
    if (head) {
      methods.add("-I");
    }
    if (!data.isEmpty() && !get) {
      methods.add(data.get(0).kind().option());
    }
    if (!form.isEmpty()) {
      methods.add(form.get(0).literal() ? "--form-string" : "-F");
    }
    if (upload != null) {
      methods.add("-T");
    }
    if (get && !(form.isEmpty() && upload == null)) {
      methods.add(0, "-G");
    }
    if (methods.size() > 1) {
      throw CommandException.usage(
          methods.get(0) + " and " + methods.get(1) + " exclude each other");
    }
    List<FormField> fields = new ArrayList<>();
    for (FormArgument field : form) {
      fields.add(
          field.literal() ? FormField.literal(field.text()) : FormFieldSyntax.parse(field.text()));
    }
    return new BodyOptions(data, get, fields, upload);
  }
}
