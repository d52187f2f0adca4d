package io.httptrace.client.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that answers before it is asked: its answer belongs to the first request. */
class EarlyAnswerTest {
  private static final String REFUSAL =
      "HTTP/1.1 408 T\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
  private static final RequestHead GET = new RequestHead("GET", "/", List.of(), 0, false, true);
  private static final RequestHead POST = new RequestHead("POST", "/", List.of(), 3, false, true);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Http1Connection connection =
      Http1Connection.on(
          new PoolKey("http", "a.test", 80, null, HttpVersions.HTTP_1_1), 1, channel, null, 1000);
  private final Told told = new Told();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void receive(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, ISO_8859_1));
  }

  private void begin(RequestHead head) {
    connection.begin(head, told);
    channel.runPendingTasks();
  }

  @Test
  void whatComesBeforeTheFirstRequestIsItsAnswer() {
    receive(REFUSAL);
    begin(GET);

    assertThat(told.events)
        .containsExactly(
            "headWritten",
            "requestWritten",
            "firstByte",
            "head 408",
            "content hello",
            "end",
            "readComplete");
    assertThat(connection.wireReceived()).isEqualTo(REFUSAL.length());
  }

  @Test
  void theRestMayComeLater() {
    receive(REFUSAL.substring(0, 20));
    begin(POST);
    receive(REFUSAL.substring(20));

    assertThat(told.events)
        .containsExactly(
            "headWritten",
            "firstByte",
            "readComplete",
            "head 408",
            "content hello",
            "end",
            "readComplete");
    assertThat(connection.wireReceived()).isEqualTo(REFUSAL.length());
  }

  @Test
  void theServerMayBeGoneByThen() {
    receive(REFUSAL);
    channel.close();
    begin(GET);

    assertThat(told.events)
        .containsExactly(
            "writeFailed the connection ended before the request",
            "firstByte",
            "head 408",
            "content hello",
            "end",
            "readComplete");
  }

  @Test
  void aResponseThatTheEndOfTheConnectionEndsIsComplete() {
    receive("HTTP/1.1 400 B\r\n\r\nhel");
    receive("lo");
    channel.close();
    begin(GET);

    assertThat(told.events)
        .containsExactly(
            "writeFailed the connection ended before the request",
            "firstByte",
            "head 400",
            "content hello",
            "end",
            "readComplete");
  }

  @Test
  void aServerThatIsGoneInTheMiddleOfItsAnswerFailsTheRequest() {
    receive(REFUSAL.substring(0, 20));
    channel.close();
    begin(GET);

    assertThat(told.events)
        .containsExactly(
            "writeFailed the connection ended before the request",
            "firstByte",
            "failed the connection ended inside the head of the response");
  }

  /** As a server does that has waited too long for a request on a connection dialled in advance. */
  @Test
  void aConnectionThatWaitsForARequestIsOfNoMoreUse() {
    assertThat(connection.isUsable()).isTrue();

    receive(REFUSAL);

    assertThat(connection.isUsable()).isFalse();
  }

  @Test
  void whatComesBetweenRequestsEndsTheConnection() {
    begin(GET);
    receive("HTTP/1.1 204 N\r\n\r\n");
    assertThat(connection.isUsable()).isTrue();

    receive(REFUSAL);

    assertThat(connection.isUsable()).isFalse();
    assertThat(channel.isOpen()).isFalse();
  }

  private static final class Told implements ExchangeCodec.Listener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void headWritten() {
      events.add("headWritten");
    }

    @Override
    public void contentWritten() {
      events.add("contentWritten");
    }

    @Override
    public void requestWritten() {
      events.add("requestWritten");
    }

    @Override
    public void writeFailed(Throwable error) {
      events.add("writeFailed " + error.getMessage());
    }

    @Override
    public void firstByte() {
      events.add("firstByte");
    }

    @Override
    public void informational(ResponseHead head) {
      events.add("informational " + head.status());
    }

    @Override
    public void head(ResponseHead head) {
      events.add("head " + head.status());
    }

    @Override
    public void content(ByteBuffer content) {
      events.add("content " + ISO_8859_1.decode(content));
    }

    @Override
    public void end(HttpHeaders trailers) {
      events.add("end");
    }

    @Override
    public void readComplete() {
      events.add("readComplete");
    }

    @Override
    public void failed(Throwable error) {
      events.add("failed " + error.getMessage());
    }
  }
}
