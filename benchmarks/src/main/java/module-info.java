/** Measurements of HTTP clients; not published. */
module io.httptrace.benchmarks {
  requires com.fasterxml.jackson.core;
  requires io.httptrace;
  requires io.httptrace.client;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires java.management;
  requires java.net.http;
  requires jdk.management;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires static org.jspecify;
}
