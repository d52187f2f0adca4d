/**
 * The hooks of a client request ({@link io.httptrace}) and the record made of them ({@link
 * io.httptrace.timeline}).
 */
module io.httptrace {
  requires static org.jspecify;

  exports io.httptrace;
  exports io.httptrace.timeline;
}
