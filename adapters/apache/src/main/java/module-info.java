/** The hooks of {@link io.httptrace.ClientTrace} for Apache HttpClient. */
module io.httptrace.apache {
  requires transitive io.httptrace;
  requires transitive org.apache.httpcomponents.client5.httpclient5;
  requires transitive org.apache.httpcomponents.core5.httpcore5;
  requires org.apache.httpcomponents.core5.httpcore5.h2;
  requires static org.jspecify;

  exports io.httptrace.apache;
}
