/** The hooks of {@link io.httptrace.ClientTrace} for Jetty's HttpClient. */
module io.httptrace.jetty {
  requires transitive io.httptrace;
  requires transitive org.eclipse.jetty.client;
  requires static org.jspecify;

  exports io.httptrace.jetty;
}
