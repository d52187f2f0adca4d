/** Timelines as web pages. */
module io.httptrace.html {
  requires transitive io.httptrace;
  requires io.httptrace.render;
  requires static org.jspecify;

  exports io.httptrace.html;
}
