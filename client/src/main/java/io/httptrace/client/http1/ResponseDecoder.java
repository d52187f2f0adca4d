package io.httptrace.client.http1;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.AsciiString;

/** Decodes the responses of one request after the other. Used by the event loop. */
final class ResponseDecoder extends HttpResponseDecoder {
  private final Words words = new Words();
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
            .setAllowDuplicateContentLengths(true) // if they agree (section 6.3)
            .setHeadersFactory(new Fields(DefaultHttpHeadersFactory.headersFactory(), 8))
            .setTrailersFactory(new Fields(DefaultHttpHeadersFactory.trailersFactory(), 2)));
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    return words.at(line, start, length).toString();
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    return words.at(line, start, length).toString();
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    return words.at(line, start, length).toString();
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    return words.at(line, start, length);
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

  /**
   * Makes fields with room for as many as there usually are. Netty has room for sixteen, in the
   * trailers too, which it makes for each response though most have none.
   */
  private record Fields(DefaultHttpHeadersFactory rules, int size) implements HttpHeadersFactory {
    @Override
    public HttpHeaders newHeaders() {
      return new Sized(rules, size);
    }

    @Override
    public HttpHeaders newEmptyHeaders() {
      return newHeaders();
    }
  }

  private static final class Sized extends DefaultHttpHeaders {
    Sized(DefaultHttpHeadersFactory rules, int size) {
      super(rules.getNameValidator(), rules.getValueValidator(), size);
    }
  }
}
