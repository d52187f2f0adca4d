package io.httptrace.client.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a request comes to be written, and what is told of it. */
class RequestWritingTest {
  private static final String HEAD = "POST / HTTP/1.1\r\n\r\n";

  private final List<String> log = new ArrayList<>();
  private final Wire wire = new Wire();
  private final EmbeddedChannel channel = new EmbeddedChannel(wire);
  private final Http1Connection connection =
      Http1Connection.on(
          new PoolKey("http", "a.test", 80, null, HttpVersions.HTTP_1_1), 1, channel, null, 1000);
  private final Told told = new Told();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static RequestHead post(long length) {
    return new RequestHead("POST", "/", List.of(), length, false, true);
  }

  private static List<ByteBuffer> content(String... parts) {
    return Stream.of(parts).map(part -> ByteBuffer.wrap(part.getBytes(US_ASCII))).toList();
  }

  @Test
  void aBodyThatIsThereGoesOutWithTheHead() {
    connection.begin(post(3), content("abc"), told);

    assertThat(log).containsExactly(HEAD, "abc", "flush", "headWritten", "requestWritten");
    assertThat(connection.wireSent()).isEqualTo(HEAD.length() + 3);
  }

  @Test
  void theRestOfItFollows() {
    connection.begin(post(5), content("a", "bc"), told);
    connection.write(content("d", "e"), told);

    assertThat(log)
        .containsExactly(
            HEAD,
            "a",
            "bc",
            "flush",
            "headWritten",
            "contentWritten",
            "contentWritten",
            "d",
            "e",
            "flush",
            "contentWritten",
            "requestWritten");
  }

  @Test
  void withoutAnyTheHeadGoesOutByItself() {
    connection.begin(post(3), told);
    connection.write(content("abc"), told);

    assertThat(log).containsExactly(HEAD, "flush", "headWritten", "abc", "flush", "requestWritten");
  }

  @Test
  void theHeadMayHaveGoneOutWithoutTheBody() {
    wire.broken = "abc";
    connection.begin(post(3), content("abc"), told);

    assertThat(log).containsExactly(HEAD, "abc", "flush", "headWritten", "writeFailed broken");
  }

  @Test
  void thatTheServerHasClosedIsNotHiddenByWhatWasStillToBeWritten() {
    wire.error = new ClosedChannelException();
    wire.broken = "abc";
    connection.begin(post(3), content("abc"), told);
    channel.close();

    assertThat(connection.failure()).isInstanceOf(EOFException.class);
  }

  @Test
  void aWriteThatFailsEndsTheConnection() {
    wire.broken = "abc";
    connection.begin(post(3), content("abc"), told);
    channel.close();

    assertThat(connection.failure()).hasMessage("broken");
  }

  /** What reaches the socket; it is written at the next flush. */
  private final class Wire extends ChannelOutboundHandlerAdapter {
    private final List<Runnable> outcomes = new ArrayList<>();
    String broken = "none";
    IOException error = new IOException("broken");

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ByteBuf bytes = (ByteBuf) message;
      String text = bytes.toString(US_ASCII);
      bytes.release();
      log.add(text);
      outcomes.add(text.equals(broken) ? () -> promise.setFailure(error) : promise::setSuccess);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
      log.add("flush");
      List<Runnable> due = List.copyOf(outcomes);
      outcomes.clear();
      due.forEach(Runnable::run);
    }
  }

  private final class Told implements ExchangeCodec.Listener {
    @Override
    public void headWritten() {
      log.add("headWritten");
    }

    @Override
    public void contentWritten() {
      log.add("contentWritten");
    }

    @Override
    public void requestWritten() {
      log.add("requestWritten");
    }

    @Override
    public void writeFailed(Throwable error) {
      log.add("writeFailed " + error.getMessage());
    }

    @Override
    public void firstByte() {}

    @Override
    public void informational(ResponseHead head) {}

    @Override
    public void head(ResponseHead head) {}

    @Override
    public void content(ByteBuffer content) {}

    @Override
    public void end(HttpHeaders trailers) {}

    @Override
    public void readComplete() {}

    @Override
    public void failed(Throwable error) {}
  }
}
