/** The hooks of {@link io.httptrace.ClientTrace} for Reactor Netty. */
module io.httptrace.reactornetty {
  requires transitive io.httptrace;
  requires transitive reactor.netty.http;
  requires reactor.netty.core;
  requires reactor.core;
  requires org.reactivestreams;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.handler.proxy;
  requires io.netty.transport;
  requires static org.jspecify;

  exports io.httptrace.reactornetty;
}
