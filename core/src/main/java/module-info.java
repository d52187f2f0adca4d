/**
 * The hooks of a client request ({@link io.httptrace}), the record made of them ({@link
 * io.httptrace.timeline}), and the connections of a client ({@link io.httptrace.connections}).
 */
module io.httptrace {
  requires static org.jspecify;

  exports io.httptrace;
  exports io.httptrace.connections;
  exports io.httptrace.timeline;
}
