/** Recipes; not published. */
module io.httptrace.samples {
  requires io.httptrace;
  requires io.httptrace.client;
  requires io.httptrace.har;
  requires io.httptrace.html;
  requires io.httptrace.render;
  requires java.net.http;
  requires methanol;
  requires spring.web;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports io.httptrace.samples;
}
