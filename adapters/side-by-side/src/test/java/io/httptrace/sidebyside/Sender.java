package io.httptrace.sidebyside;

import java.io.IOException;

/** A client that can be asked for a page. */
final class Sender implements AutoCloseable {
  /** Asks for a page, and returns its text. */
  interface Get {
    String of(String url) throws Exception;
  }

  /** Ends a client. */
  interface End {
    void run() throws IOException;
  }

  private final Get get;
  private final End end;

  Sender(Get get, End end) {
    this.get = get;
    this.end = end;
  }

  String get(String url) throws Exception {
    return get.of(url);
  }

  @Override
  public void close() throws IOException {
    end.run();
  }
}
