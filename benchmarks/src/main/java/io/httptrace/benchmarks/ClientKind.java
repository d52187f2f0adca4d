package io.httptrace.benchmarks;

import java.net.URI;
import java.util.Locale;

/** The clients that are compared. */
enum ClientKind {
  /** Ours, without a trace. */
  OURS("httptrace"),
  /** Ours, each request with a recorder of its own. */
  OURS_RECORDED("httptrace, recorded"),
  /** {@code java.net.http.HttpClient} as the JDK comes with it. */
  JDK("JDK HttpClient"),
  /** Apache HttpClient 5, classic: I/O on the caller's thread. */
  APACHE("Apache HttpClient 5 classic");

  private final String title;

  ClientKind(String title) {
    this.title = title;
  }

  /** {@return the name for a table} */
  String title() {
    return title;
  }

  /** {@return the name for a command line and for a file} */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static ClientKind of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  LoadClient open(URI uri) {
    return switch (this) {
      case OURS -> NetHttpLoadClient.ofOurs(uri);
      case OURS_RECORDED -> NetHttpLoadClient.ofOursRecorded(uri);
      case JDK -> NetHttpLoadClient.ofJdk(uri);
      case APACHE -> new ApacheLoadClient(uri);
    };
  }
}
