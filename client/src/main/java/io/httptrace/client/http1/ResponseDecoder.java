package io.httptrace.client.http1;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import io.httptrace.client.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decodes the responses on a connection, one after the other (RFC 9112): what is accepted, and what
 * is not, is in {@code docs/peer-input.md}. It takes bytes as they come, however they are cut, and
 * its work is linear in them. It knows no channel; used by one thread at a time.
 */
public final class ResponseDecoder {
  /** How many fields a head may have, and as many trailers; each costs more than its bytes. */
  static final int MAX_FIELDS = 10_000;

  /** How long the line before a chunk may be, extensions included. */
  static final int MAX_CHUNK_LINE = 4096;

  /** Lines before the status line that are empty, as some servers end a body with one too many. */
  static final int MAX_EMPTY_LINES = 4;

  private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

  /** Where it is; the content is the part between the heads. */
  private enum State {
    STATUS_LINE,
    FIELDS,
    CONTENT,
    CONTENT_TO_THE_END,
    CHUNK_LINE,
    CHUNK,
    CHUNK_END,
    TRAILERS,
    DONE
  }

  /** Takes what has been decoded. */
  public interface Sink {
    /**
     * Takes the head of an informational response.
     *
     * @param head the head
     */
    void informational(ResponseHead head);

    /**
     * Takes the head of the final response.
     *
     * @param head the head
     */
    void head(ResponseHead head);

    /**
     * Takes a part of its content.
     *
     * @param content the content, which nobody else has
     */
    void content(ByteBuffer content);
  }

  private final int maxHeadBytes;
  private final AsciiStringCache words = new AsciiStringCache();
  private final Line line = new Line();
  private final StatusLine statusLine = new StatusLine();
  private final FieldLine fieldLine = new FieldLine();
  private final Framing framing = new Framing();
  private final ChunkCoalescer coalescer = new ChunkCoalescer();

  private State state = State.DONE;
  private String method = "";
  private int emptyLines;
  private long informationalLeft;

  /** How much of the content, or of the chunk, has yet to come. */
  private long left;

  /** Of the head that is being read; the next one will hardly have more than the last. */
  private Fields fields = Fields.NONE;

  private int usualFields = 8;
  private Fields trailers = Fields.NONE;

  /**
   * Makes a decoder.
   *
   * @param maxHeadBytes how large a head may be; the informational ones together, and the trailers,
   *     may be as large again
   */
  public ResponseDecoder(int maxHeadBytes) {
    this.maxHeadBytes = maxHeadBytes;
  }

  /**
   * What comes next answers a request.
   *
   * @param requestMethod its method, which says whether there is content (RFC 9112, section 6.3)
   */
  public void expect(String requestMethod) {
    method = requestMethod;
    informationalLeft = maxHeadBytes;
    trailers = Fields.NONE;
    beginHead();
  }

  private void beginHead() {
    state = State.STATUS_LINE;
    emptyLines = 0;
    line.limit(maxHeadBytes);
    framing.reset();
  }

  /**
   * Decodes what is there, up to the end of the response.
   *
   * @param in what has come; what is behind the response stays in it
   * @param sink is told
   * @return whether the response has been decoded to its end
   * @throws ResponseException if it cannot be decoded; then no more of it can be
   */
  public boolean decode(ByteBuf in, Sink sink) throws ResponseException {
    try {
      boolean more = true;
      while (more && state != State.DONE && in.isReadable()) {
        more = step(in, sink);
      }
    } finally {
      coalescer.flush(sink);
    }
    return state == State.DONE;
  }

  /** {@return whether the end of the connection is the end of the response} */
  public boolean endsHere() {
    return state == State.CONTENT_TO_THE_END;
  }

  /** {@return whether a part of a head has come} */
  boolean begun() {
    return state != State.DONE && line.left() < maxHeadBytes;
  }

  /** {@return the reason of the last head, in the server's words; may be empty} */
  public String reason() {
    return statusLine.reason();
  }

  /** {@return the trailers of the response that has been decoded} */
  HttpHeaders trailers() {
    if (trailers.size() == 0) {
      return NONE;
    }
    Map<String, List<String>> collected = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, String> field : trailers) {
      collected.computeIfAbsent(field.getKey(), name -> new ArrayList<>(1)).add(field.getValue());
    }
    return HttpHeaders.of(collected, (name, value) -> true);
  }

  /** Does one thing. {@return whether it could be done with what is there} */
  private boolean step(ByteBuf in, Sink sink) throws ResponseException {
    switch (state) {
      case STATUS_LINE -> {
        return statusLine(in);
      }
      case FIELDS -> {
        if (!fieldsEnd(in)) {
          return false;
        }
        head(sink);
      }
      case CONTENT -> {
        if (content(in, sink)) {
          end();
        }
      }
      case CONTENT_TO_THE_END -> coalescer.take(in, in.readableBytes(), sink);
      case CHUNK_LINE -> {
        return chunkLine(in);
      }
      case CHUNK -> {
        if (content(in, sink)) {
          state = State.CHUNK_END;
          line.limit(2);
        }
      }
      case CHUNK_END -> {
        return chunkEnd(in);
      }
      case TRAILERS -> {
        if (!fieldsEnd(in)) {
          return false;
        }
        end();
      }
      case DONE -> throw new IllegalStateException();
    }
    return true;
  }

  // ---- Heads ----

  private boolean statusLine(ByteBuf in) throws ResponseException {
    if (!line.read(in)) {
      checkHeadSize();
      return false;
    }
    if (line.length() == 0) {
      emptyLines++;
      if (emptyLines > MAX_EMPTY_LINES) {
        throw malformed("no status line, but empty ones");
      }
    } else {
      statusLine.read(line, words);
      fields = new Fields(usualFields);
      state = State.FIELDS;
    }
    line.clear();
    return true;
  }

  /** Reads fields. {@return whether the empty line after them has been read} */
  private boolean fieldsEnd(ByteBuf in) throws ResponseException {
    while (in.isReadable()) {
      if (line.isComplete()) {
        if (Line.isBlank(in.getByte(in.readerIndex()))) {
          line.fold();
        } else {
          field();
          line.clear();
        }
      }
      if (!line.read(in)) {
        checkHeadSize();
        return false;
      }
      if (line.length() == 0) {
        line.clear();
        return true;
      }
      if (Line.isBlank(line.at(0))) {
        throw malformed("a first field that begins with a blank");
      }
    }
    return false;
  }

  private void field() throws ResponseException {
    fieldLine.read(line, words);
    if (state == State.FIELDS) {
      framing.take(fieldLine.name(), fieldLine.value());
    } else if (trailers == Fields.NONE) {
      trailers = new Fields(2);
    }
    Fields into = state == State.FIELDS ? fields : trailers;
    into.add(fieldLine.name(), fieldLine.value());
    if (into.size() > MAX_FIELDS) {
      throw ResponseException.of(Reason.HEADER_TOO_LARGE, "more than " + MAX_FIELDS + " fields");
    }
  }

  private void checkHeadSize() throws ResponseException {
    if (line.left() < 0) {
      throw state == State.TRAILERS
          ? ResponseException.of(Reason.HEADER_TOO_LARGE, "its trailers")
          : new ResponseException(Reason.HEADER_TOO_LARGE, null);
    }
  }

  private void head(Sink sink) throws ResponseException {
    int status = statusLine.status();
    if (status < 200 && status != 101) {
      informationalLeft -= maxHeadBytes - line.left();
      if (informationalLeft < 0) {
        throw new ResponseException(Reason.HEADER_TOO_LARGE, null);
      }
      ResponseHead head = responseHead(false, false);
      beginHead();
      sink.informational(head);
      return;
    }
    usualFields = Math.max(4, Math.min(fields.size(), 64));
    boolean empty = hasNoContent(status);
    String fault = empty ? null : framing.fault();
    if (fault != null) {
      throw malformed(fault);
    }
    boolean chunked = framing.chunked();
    long length = chunked ? Framing.NONE : framing.length();
    boolean hasBody = !empty && length != 0;
    ResponseHead head =
        responseHead(
            hasBody,
            status != 101
                && framing.keepsAlive(statusLine.keepsAlive())
                && (!hasBody || chunked || length > 0)
                && (empty || framing.beyondDoubt(statusLine.keepsAlive())));
    if (!hasBody) {
      end();
    } else if (chunked) {
      beginChunk();
    } else {
      left = length;
      state = length > 0 ? State.CONTENT : State.CONTENT_TO_THE_END;
      line.recycle();
    }
    sink.head(head);
  }

  /** RFC 9112, section 6.3, rules 1 and 2. */
  private boolean hasNoContent(int status) {
    return status == 101
        || status == 204
        || status == 304
        || method.equals("HEAD")
        || (method.equals("CONNECT") && status < 300);
  }

  private ResponseHead responseHead(boolean hasBody, boolean reusable) {
    Fields given = fields;
    fields = Fields.NONE;
    return new ResponseHead(statusLine.status(), statusLine.protocol(), given, hasBody, reusable);
  }

  // ---- Content ----

  /** {@return whether that was the last of it} */
  private boolean content(ByteBuf in, Sink sink) {
    int count = (int) Math.min(left, in.readableBytes());
    left -= count;
    coalescer.take(in, count, sink);
    return left == 0;
  }

  private void beginChunk() {
    state = State.CHUNK_LINE;
    line.limit(MAX_CHUNK_LINE);
  }

  private boolean chunkLine(ByteBuf in) throws ResponseException {
    if (!line.read(in)) {
      if (line.left() < 0) {
        throw malformed("a chunk whose first line is longer than " + MAX_CHUNK_LINE + " bytes");
      }
      return false;
    }
    left = ChunkLine.size(line);
    if (left == 0) {
      line.limit(maxHeadBytes);
      state = State.TRAILERS;
    } else {
      state = State.CHUNK;
    }
    return true;
  }

  private boolean chunkEnd(ByteBuf in) throws ResponseException {
    boolean complete = line.read(in);
    if (line.left() < 0 || line.length() > 1 || (complete && line.length() > 0)) {
      throw malformed("a chunk that is longer than its size");
    }
    if (complete) {
      beginChunk();
    }
    return complete;
  }

  private void end() {
    state = State.DONE;
    line.recycle();
  }

  private static ResponseException malformed(String what) {
    return ResponseException.of(Reason.MALFORMED, what);
  }
}
