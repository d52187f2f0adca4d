package io.httptrace.client.http2;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.netty.PlainErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on a stream of its own.
 *
 * <p>Content is told as it comes. What the exchange has not asked for by {@link #read} yet is not
 * given back to the stream's window, so that no more than the window can be on its way to a slow
 * subscriber.
 */
final class StreamExchange implements ExchangeCodec {
  private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

  private final Http2Connection connection;
  private final Streams streams;

  // Written by the event loop only.
  private volatile long sent;
  private volatile long received;

  /** How often something had arrived on the connection when the request was sent; -1 before. */
  private volatile long heardWhenSent = -1;

  // Used by the event loop only.
  private int id;
  private @Nullable Listener listener;
  private String method = "";

  /** How much of a body of known length has yet to be written. */
  private long bodyLeft;

  private boolean aborted;
  private boolean requestEnded;
  private boolean answered;
  private boolean headRead;
  private boolean bodyAllowed;
  private boolean responseEnded;
  private boolean news;

  /** How much of the response body has yet to come, if the head says its length; or 0 or less. */
  private long owed;

  /** How large the informational responses have been. */
  private long interimBytes;

  /** How much has been read and not been given back to the window. */
  private int unread;

  StreamExchange(Http2Connection connection, Streams streams) {
    this.connection = connection;
    this.streams = streams;
  }

  /** {@return the exchange whose request has been sent, on the first stream} */
  static StreamExchange upgraded(
      Http2Connection connection, Streams streams, String method, Listener listener) {
    StreamExchange exchange = new StreamExchange(connection, streams);
    exchange.id = Http2CodecUtil.HTTP_UPGRADE_STREAM_ID;
    exchange.listener = listener;
    exchange.method = method;
    exchange.requestEnded = true;
    exchange.answered = true;
    return exchange;
  }

  // ---- Commands, on any thread ----

  @Override
  public void begin(RequestHead head, Listener exchange) {
    boolean first = connection.count();
    if (!connection.onLoop(() -> beginNow(head, exchange, first))) {
      exchange.failed(PlainErrors.clientClosed());
    }
  }

  @Override
  public void write(ByteBuffer content, Listener exchange) {
    connection.onLoop(() -> writeNow(content, exchange));
  }

  @Override
  public void finish(Listener exchange) {
    connection.onLoop(
        () -> {
          if (!requestEnded) {
            requestEnded = true;
            written(streams.write(id, Unpooled.EMPTY_BUFFER, true), exchange::requestWritten);
          }
        });
  }

  @Override
  public void read() {
    connection.onLoop(
        () -> {
          int consumed = unread;
          unread = 0;
          if (consumed > 0) {
            streams.consume(id, consumed);
          }
        });
  }

  @Override
  public void outOfTime() {
    connection.keepPolled(); // the answer to a PING is to be heard, though the caller leaves
    streams.outOfTime(heardWhenSent);
  }

  @Override
  public void abort(Listener exchange) {
    connection.onLoop(
        () -> {
          aborted = true;
          listener = null;
          streams.reset(id, Http2Error.CANCEL);
        });
  }

  @Override
  public long wireSent() {
    return sent;
  }

  @Override
  public long wireReceived() {
    return received;
  }

  /** {@return the number of the stream} */
  int id() {
    return id;
  }

  // ---- The request, on the event loop ----

  private void beginNow(RequestHead head, Listener exchange, boolean first) {
    if (aborted) {
      return;
    }
    Throwable refused = streams.refusal(first);
    if (refused != null) {
      exchange.failed(refused);
      return;
    }
    listener = exchange;
    method = head.method();
    bodyLeft = head.contentLength();
    requestEnded = !head.hasBody();
    id = streams.nextId();
    heardWhenSent = streams.heard();
    written(
        streams.begin(id, this, Http2HeaderMapper.toNetty(head), requestEnded),
        () -> {
          exchange.headWritten();
          if (!head.hasBody()) {
            exchange.requestWritten();
          }
        });
  }

  /** When all there is to a body of known length has been written the request is complete. */
  private void writeNow(ByteBuffer content, Listener exchange) {
    if (requestEnded) {
      return;
    }
    boolean known = bodyLeft > 0;
    bodyLeft -= content.remaining();
    requestEnded = known && bodyLeft == 0;
    written(
        streams.write(id, Unpooled.wrappedBuffer(content), requestEnded),
        requestEnded ? exchange::requestWritten : exchange::contentWritten);
  }

  private void written(ChannelFuture write, Runnable told) {
    write.addListener(
        f -> {
          if (!f.isSuccess()) {
            streams.writeFailed(f.cause());
          }
          Listener exchange = listener;
          if (exchange == null) {
            return;
          }
          if (f.isSuccess()) {
            told.run();
          } else {
            exchange.writeFailed(Http2Failures.ofWriting(f.cause()));
          }
        });
  }

  // ---- The response, on the event loop ----

  void headers(Http2Headers headers, boolean last) {
    Listener exchange = listener;
    if (exchange == null || responseEnded) {
      return;
    }
    String fault = Http2HeaderMapper.fault(headers);
    if (fault != null) {
      malformed(fault);
      return;
    }
    if (headRead) {
      if (!endsEarly()) {
        end(exchange, Http2HeaderMapper.trailers(headers));
      }
      return;
    }
    if (!answered) {
      answered = true;
      exchange.firstByte();
    }
    int status = Http2HeaderMapper.status(headers);
    if (status < 0 || status == 101 || (status < 200 && last)) {
      fail(
          new ResponseException(
              ResponseException.Reason.MALFORMED,
              new IOException("status " + headers.status() + " in HTTP/2")));
      streams.reset(id, Http2Error.PROTOCOL_ERROR);
      return;
    }
    if (status < 200) {
      informational(exchange, Http2HeaderMapper.head(status, headers, false));
    } else {
      headRead = true;
      bodyAllowed = mayHaveBody(status);
      owed = bodyAllowed ? Http2HeaderMapper.contentLength(headers) : 0;
      if (last && endsEarly()) {
        return;
      }
      exchange.head(Http2HeaderMapper.head(status, headers, !last && bodyAllowed));
      if (last) {
        end(exchange, NONE);
      }
    }
    told();
  }

  /** What is read before the exchange has heard of it is held in memory. */
  private void informational(Listener exchange, ResponseHead head) {
    interimBytes += head.size();
    if (interimBytes <= streams.maxHeadBytes()) {
      exchange.informational(head);
    } else {
      fail(new ResponseException(ResponseException.Reason.HEADER_TOO_LARGE, null));
      streams.reset(id, Http2Error.ENHANCE_YOUR_CALM);
    }
  }

  /** {@return whether less has come than {@code Content-Length} says, and so the response fails} */
  private boolean endsEarly() {
    if (owed > 0) {
      malformed("the response ended " + owed + " bytes early");
    }
    return owed > 0;
  }

  /** RFC 9113, section 8.1.1; Netty lets some of it pass. */
  private void malformed(String what) {
    fail(
        new Http2Exception(
            Http2Exception.Reason.STREAM_ERROR,
            Http2Error.PROTOCOL_ERROR.code(),
            false,
            what,
            null));
    streams.reset(id, Http2Error.PROTOCOL_ERROR);
  }

  private boolean mayHaveBody(int status) {
    return !method.equals("HEAD") && status != 204 && status != 304;
  }

  /** {@return how much of it the stream's window gets back at once} */
  int data(ByteBuf data, int padding, boolean last) {
    Listener exchange = listener;
    int size = data.readableBytes() + padding;
    if (exchange == null || responseEnded) {
      return size;
    }
    if (!headRead) {
      malformed("content before the head");
      return size;
    }
    if (!bodyAllowed && data.isReadable()) {
      malformed("content of a response that can have none");
      return size;
    }
    owed -= data.readableBytes();
    if (last && endsEarly()) {
      return size;
    }
    if (data.isReadable()) {
      byte[] copy = new byte[data.readableBytes()];
      data.readBytes(copy);
      exchange.content(ByteBuffer.wrap(copy));
    }
    if (last) {
      end(exchange, NONE);
      return size;
    }
    told();
    unread += size;
    return 0;
  }

  private void end(Listener exchange, HttpHeaders trailers) {
    responseEnded = true;
    exchange.end(trailers);
    told();
  }

  private void told() {
    if (!news) {
      news = true;
      streams.hasNews(this);
    }
  }

  /** All that could be read for now has been told. */
  void readComplete() {
    news = false;
    Listener exchange = listener;
    if (exchange != null) {
      exchange.readComplete();
    }
  }

  // ---- The end, on the event loop ----

  /** The stream has ended, in one way or another. */
  void fail(Throwable error) {
    Listener exchange = listener;
    if (exchange == null) {
      return;
    }
    listener = null;
    if (!responseEnded) {
      exchange.failed(error);
      return;
    }
    exchange.readComplete();
    if (!requestEnded) {
      exchange.writeFailed(error);
    }
  }

  /** The server has reset the stream. */
  void reset(long errorCode) {
    fail(
        new Http2Exception(
            Http2Exception.Reason.STREAM_RESET,
            errorCode,
            errorCode == Http2Error.REFUSED_STREAM.code(),
            "",
            null));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many readers
  void countSent(long bytes) {
    sent += bytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many readers
  void countReceived(long bytes) {
    received += bytes;
  }
}
