/** A {@link io.httptrace.timeline.Timeline} as text, as a picture and as JSON. */
@SuppressWarnings("module") // The command, which one package is for, is compiled later.
module io.httptrace.render {
  requires transitive io.httptrace;
  requires static org.jspecify;

  exports io.httptrace.render;
  // Wording that pictures and the command's own messages share; no API.
  exports io.httptrace.render.text to
      io.httptrace.cli;
}
