/** Traces the JDK's own HTTP client. */
module io.httptrace.jdk {
  requires transitive io.httptrace;
  requires transitive java.instrument;
  requires transitive java.net.http;
  requires org.objectweb.asm;
  requires static org.jspecify;

  exports io.httptrace.jdk;
}
