/** The agent that {@code httptrace attach} loads into a JVM that runs. */
module io.httptrace.attach {
  requires io.httptrace;
  requires io.httptrace.jdk;
  requires io.httptrace.okhttp;
  requires io.httptrace.render;
  requires java.instrument;
  requires okhttp3;
  requires org.objectweb.asm;
  requires static org.jspecify;
}
