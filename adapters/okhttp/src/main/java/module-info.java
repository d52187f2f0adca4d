/** The hooks of {@link io.httptrace.ClientTrace} for OkHttp. */
module io.httptrace.okhttp {
  requires transitive io.httptrace;
  requires transitive okhttp3;
  requires kotlin.stdlib;
  requires static org.jspecify;

  exports io.httptrace.okhttp;
}
