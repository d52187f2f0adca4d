/**
 * A {@link java.net.http.HttpClient} that fires every hook of {@link io.httptrace.ClientTrace},
 * with a Netty of its own inside.
 */
module io.httptrace.client {
  requires transitive io.httptrace;
  requires transitive java.net.http;
  requires java.logging;
  requires static jdk.jfr;
  requires jdk.unsupported;
  requires static org.jspecify;

  exports io.httptrace.client;
  exports io.httptrace.client.errors;
}
