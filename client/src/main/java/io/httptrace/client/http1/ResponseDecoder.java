package io.httptrace.client.http1;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;

/** Decodes the responses of one request after the other. Used by the event loop. */
final class ResponseDecoder extends HttpResponseDecoder {
  private boolean head;

  /**
   * Makes a decoder.
   *
   * @param maxHeadBytes how large a head may be
   */
  ResponseDecoder(int maxHeadBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxHeadBytes)
            .setMaxHeaderSize(maxHeadBytes)
            .setStrictLineParsing(false) // a lone LF ends a line (RFC 9112, section 2.2)
            .setAllowDuplicateContentLengths(true)); // if they agree (section 6.3)
  }

  /** What comes next answers this method (RFC 9112, section 6.3, rule 1). */
  void expect(String method) {
    head = method.equals("HEAD");
  }

  /** {@return whether there is more than has been decoded} */
  boolean hasSurplus() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    boolean informational =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    // Netty expects a body after 101 for a draft of WebSocket; there is none (section 6.3, rule 1).
    return head || informational || super.isContentAlwaysEmpty(message);
  }
}
