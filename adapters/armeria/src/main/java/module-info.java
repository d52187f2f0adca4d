/** The hooks of {@link io.httptrace.ClientTrace} for Armeria's client. */
module io.httptrace.armeria {
  requires transitive io.httptrace;
  requires transitive com.linecorp.armeria;
  requires transitive io.netty.common;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.handler;
  requires io.netty.handler.proxy;
  requires io.netty.resolver;
  requires io.netty.transport;
  requires static org.jspecify;

  exports io.httptrace.armeria;
}
