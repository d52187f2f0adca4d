package io.httptrace.client.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;

/** What a decoder makes of bytes, as text: heads, content, end, what is left over, or the fault. */
final class Decoded implements ResponseDecoder.Sink {
  static final int MAX_HEAD = 8192;

  private final ResponseDecoder decoder = new ResponseDecoder(MAX_HEAD);
  private final StringBuilder told = new StringBuilder();
  private final StringBuilder content = new StringBuilder();

  /** {@return what is decoded of the answer to a request} */
  static String of(String method, String response) {
    return ofPieces(method, Unpooled::wrappedBuffer, response);
  }

  /** {@return what is decoded of an answer that comes in pieces} */
  static String ofPieces(String method, Function<byte[], ByteBuf> buffers, String... pieces) {
    Decoded decoded = new Decoded();
    decoded.decoder.expect(method);
    boolean done = false;
    StringBuilder rest = new StringBuilder();
    for (String piece : pieces) {
      ByteBuf in = buffers.apply(piece.getBytes(ISO_8859_1));
      try {
        done = decoded.decoder.decode(in, decoded);
        rest.append(in.toString(ISO_8859_1));
      } catch (ResponseException refused) {
        return decoded.told() + refused.getMessage();
      } finally {
        in.release();
      }
    }
    if (!done) {
      return decoded.told() + (decoded.decoder.endsHere() ? "to the end" : "unfinished");
    }
    Map<?, ?> trailers = decoded.decoder.trailers().map();
    return decoded.told()
        + "end"
        + (trailers.isEmpty() ? "" : " " + trailers)
        + (rest.isEmpty() ? "" : " rest <" + rest + ">");
  }

  private String told() {
    return told + (content.isEmpty() ? "" : "<" + content + "> ");
  }

  @Override
  public void informational(ResponseHead head) {
    tell(head);
  }

  @Override
  public void head(ResponseHead head) {
    tell(head);
    told.append(head.hasBody() ? "" : "empty ").append(head.reusable() ? "kept " : "");
  }

  private void tell(ResponseHead head) {
    told.append(head.protocol()).append(' ').append(head.status()).append(' ');
    for (Map.Entry<String, String> field : head.fields()) {
      told.append(field.getKey()).append('=').append(field.getValue()).append(' ');
    }
  }

  @Override
  public void content(ByteBuffer part) {
    content.append(ISO_8859_1.decode(part));
  }
}
