/**
 * The hooks of a client request ({@link io.httptrace}), the record made of them ({@link
 * io.httptrace.timeline}), the connections of a client ({@link io.httptrace.connections}), and what
 * adapters are made of ({@link io.httptrace.adapter}).
 */
module io.httptrace {
  requires static org.jspecify;

  exports io.httptrace;
  exports io.httptrace.adapter;
  exports io.httptrace.connections;
  exports io.httptrace.timeline;
}
