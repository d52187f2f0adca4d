package io.httptrace.client.h2c;

import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.http.TokenList;
import io.httptrace.client.http1.Http1Connection;
import io.httptrace.client.netty.PlainErrors;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first exchange of a connection that may switch to HTTP/2: the request is HTTP/1.1, the
 * response either.
 */
final class UpgradingExchange implements ExchangeCodec {
  private final UpgradingConnection connection;
  private final Http1Connection http1;
  private volatile ExchangeCodec current;
  private volatile @Nullable Relay relay;

  UpgradingExchange(UpgradingConnection connection, Http1Connection http1) {
    this.connection = connection;
    this.http1 = http1;
    this.current = http1;
  }

  @Override
  public void begin(RequestHead head, Listener listener) {
    begin(head, List.of(), listener);
  }

  @Override
  public boolean joinsBody() {
    return true;
  }

  @Override
  public void begin(RequestHead head, List<ByteBuffer> content, Listener listener) {
    Relay told = new Relay(head, listener);
    relay = told;
    http1.begin(head, content, told);
  }

  /** {@return the listener to pass to the current codec} */
  private Listener told(Listener listener) {
    Relay told = relay;
    return current == http1 && told != null ? told : listener;
  }

  @Override
  public void write(ByteBuffer content, Listener listener) {
    current.write(content, told(listener));
  }

  @Override
  public void write(List<ByteBuffer> content, Listener listener) {
    current.write(content, told(listener));
  }

  @Override
  public void finish(Listener listener) {
    current.finish(told(listener));
  }

  @Override
  public void read() {
    current.read();
  }

  @Override
  public void outOfTime() {
    current.outOfTime();
  }

  @Override
  public void abort(Listener listener) {
    // In the order of the event loop, so that it is not lost while the protocol changes.
    http1.onLoop(
        () -> {
          Relay told = relay;
          if (told != null) {
            told.aborted = true;
          }
          current.abort(told(listener));
        });
  }

  @Override
  public long wireSent() {
    return current == http1 ? http1.wireSent() : http1.wireSent() + current.wireSent();
  }

  @Override
  public long wireReceived() {
    return current == http1 ? http1.wireReceived() : http1.wireReceived() + current.wireReceived();
  }

  /** Passes on what happens in HTTP/1.1, except for the response that switches the protocol. */
  private final class Relay implements Listener {
    private final RequestHead head;
    private final Listener listener;

    // Used on the event loop.
    private boolean upgrading;
    private boolean aborted;

    Relay(RequestHead head, Listener listener) {
      this.head = head;
      this.listener = listener;
    }

    @Override
    public void headWritten() {
      listener.headWritten();
    }

    @Override
    public void contentWritten() {
      listener.contentWritten();
    }

    @Override
    public void requestWritten() {
      listener.requestWritten();
    }

    @Override
    public void writeFailed(Throwable error) {
      listener.writeFailed(error);
    }

    @Override
    public void firstByte() {
      listener.firstByte();
    }

    @Override
    public void informational(ResponseHead response) {
      listener.informational(response);
    }

    @Override
    public void head(ResponseHead response) {
      upgrading =
          response.status() == 101
              && asksForHttp2()
              && TokenList.contains(response.headers().allValues("Upgrade"), "h2c");
      if (!upgrading) {
        listener.head(response);
      }
    }

    private boolean asksForHttp2() {
      return head.fields().stream().anyMatch(field -> field.name().equals("HTTP2-Settings"));
    }

    @Override
    public void content(ByteBuffer content) {
      listener.content(content);
    }

    @Override
    public void end(HttpHeaders trailers) {
      if (upgrading) {
        // Later, because the handlers that will be removed are running now.
        http1.onLoopLater(this::upgrade);
      } else {
        listener.end(trailers);
      }
    }

    private void upgrade() {
      if (aborted) {
        http1.close();
        return;
      }
      ExchangeCodec rest = connection.upgrade(head.method(), listener);
      if (rest == null) {
        listener.failed(PlainErrors.clientClosed());
      } else {
        current = rest;
      }
    }

    @Override
    public void readComplete() {
      listener.readComplete();
    }

    @Override
    public void failed(Throwable error) {
      listener.failed(error);
    }
  }
}
