/** The command {@code httptrace}: makes a request and draws where its time went. */
@SuppressWarnings("requires-automatic") // HdrHistogram has no module descriptor.
module io.httptrace.cli {
  requires HdrHistogram;
  requires info.picocli;
  requires io.httptrace;
  requires io.httptrace.client;
  requires io.httptrace.har;
  requires io.httptrace.html;
  requires io.httptrace.render;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires java.net.http;
  requires static jdk.attach; // not every Java has it; "httptrace attach" needs it
  requires static org.jspecify;

  opens io.httptrace.cli.options to
      info.picocli;
}
