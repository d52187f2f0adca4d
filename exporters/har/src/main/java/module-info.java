/** Timelines as HAR. */
module io.httptrace.har {
  requires transitive io.httptrace;
  requires io.httptrace.render;
  requires static org.jspecify;

  exports io.httptrace.har;
}
