package io.httptrace.conformance.http2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.http2.hpack.ReceivedField;
import io.httptrace.conformance.time.Gate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a server answers a request. */
public final class Http2Answer {
  private final int status;
  private final List<ReceivedField> fields = new ArrayList<>();
  private final List<ReceivedField> trailers = new ArrayList<>();
  private final List<HeaderBlock> informational = new ArrayList<>();
  private AnswerBody body = AnswerBody.of(new byte[0]);
  private boolean saysLength = true;
  private @Nullable Gate gate;
  private int resetCode = -1;

  private Http2Answer(int status) {
    this.status = status;
  }

  /**
   * {@return an answer without a body}
   *
   * @param status its status code
   */
  public static Http2Answer status(int status) {
    return new Http2Answer(status);
  }

  /**
   * {@return an answer 200 with a body}
   *
   * @param body the body
   */
  public static Http2Answer ok(String body) {
    return status(200).body(body.getBytes(UTF_8));
  }

  /**
   * Adds a field.
   *
   * @param name its name
   * @param value its value
   * @return this
   */
  public Http2Answer field(String name, String value) {
    fields.add(ReceivedField.of(name, value));
    return this;
  }

  /**
   * Sets the body.
   *
   * @param content the body
   * @return this
   */
  public Http2Answer body(byte[] content) {
    body = AnswerBody.of(content);
    return this;
  }

  /**
   * Sets a body of so many bytes {@code x}, which take no memory.
   *
   * @param length how many
   * @return this
   */
  public Http2Answer bodyOf(long length) {
    body = AnswerBody.filled(length);
    return this;
  }

  /**
   * Leaves out {@code content-length}.
   *
   * @return this
   */
  public Http2Answer withoutLength() {
    saysLength = false;
    return this;
  }

  /**
   * Adds a trailer.
   *
   * @param name its name
   * @param value its value
   * @return this
   */
  public Http2Answer trailer(String name, String value) {
    trailers.add(ReceivedField.of(name, value));
    return this;
  }

  /**
   * Adds an informational response, which is sent before.
   *
   * @param head its head
   * @return this
   */
  public Http2Answer informational(HeaderBlock head) {
    informational.add(requireNonNull(head, "head"));
    return this;
  }

  /**
   * Waits for a gate before anything is sent. No thread waits.
   *
   * @param opened the gate
   * @return this
   */
  public Http2Answer after(Gate opened) {
    gate = requireNonNull(opened, "opened");
    return this;
  }

  /**
   * Ends the stream by RST_STREAM after the body; without a body nothing else is sent.
   *
   * @param errorCode one of {@link ErrorCodes}
   * @return this
   */
  public Http2Answer reset(int errorCode) {
    resetCode = errorCode;
    return this;
  }

  @Nullable Gate gate() {
    return gate;
  }

  AnswerBody content() {
    return body;
  }

  boolean isReset() {
    return resetCode >= 0;
  }

  boolean endsWithHead() {
    return body.length() == 0 && trailers.isEmpty();
  }

  /** {@return the frames before the body} */
  List<Frame> head(int stream) {
    List<Frame> frames = new ArrayList<>();
    informational.forEach(block -> frames.add(Frame.headers(stream, block)));
    if (isReset() && body.length() == 0) {
      frames.add(Frame.reset(stream, resetCode));
      return frames;
    }
    HeaderBlock block = HeaderBlock.status(status);
    boolean canHaveLength = status != 204 && status != 304;
    if (saysLength && canHaveLength) {
      block = block.field("content-length", String.valueOf(body.length()));
    }
    Frame head = Frame.headers(stream, add(block, fields));
    frames.add(endsWithHead() ? head.endStream() : head);
    return frames;
  }

  /** {@return the frame after the body, or null if the body ends the stream} */
  @Nullable Frame end(int stream) {
    if (isReset()) {
      return Frame.reset(stream, resetCode);
    }
    return trailers.isEmpty()
        ? null
        : Frame.headers(stream, add(HeaderBlock.empty(), trailers)).endStream();
  }

  private static HeaderBlock add(HeaderBlock block, List<ReceivedField> fields) {
    HeaderBlock all = block;
    for (ReceivedField field : fields) {
      all = all.field(field.name(), field.value());
    }
    return all;
  }
}
