package io.httptrace.client.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpObjectEncoder;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Encodes requests: their targets as they are. It is not Netty's own {@code HttpRequestEncoder},
 * behind which agents that trace Netty, such as OpenTelemetry's, put a handler of their own: that
 * would add fields to requests, which cannot be changed, and wait for Netty's responses, which do
 * not come.
 */
public final class RequestEncoder extends HttpObjectEncoder<HttpRequest> {
  private static final int LINE_END = '\r' << 8 | '\n';

  @Override
  protected void encodeInitialLine(ByteBuf line, HttpRequest request) {
    ByteBufUtil.copy(request.method().asciiName(), line);
    line.writeByte(' ');
    line.writeCharSequence(request.uri(), US_ASCII);
    line.writeByte(' ');
    line.writeCharSequence(request.protocolVersion().text(), US_ASCII);
    line.writeShort(LINE_END);
  }
}
