/** The command {@code httptrace}: makes a request and draws where its time went. */
module io.httptrace.cli {
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires io.httptrace;
  requires io.httptrace.client;
  requires jdk.httpserver;
  requires java.net.http;
  requires static org.jspecify;

  opens io.httptrace.cli to
      info.picocli;
}
