/** A {@link java.net.http.HttpClient} that fires every hook of {@link io.httptrace.ClientTrace}. */
module io.httptrace.client {
  requires transitive io.httptrace;
  requires transitive java.net.http;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.codec.socks;
  requires io.netty.common;
  requires io.netty.handler;
  requires static io.netty.tcnative.classes.openssl;
  requires io.netty.transport;
  requires static org.jspecify;

  exports io.httptrace.client;
  exports io.httptrace.client.errors;
}
