package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Large bodies: what one side does not take, the other side does not get rid of. */
final class BackPressureTest extends Contract {
  private static final int SIZE = 20 << 20;
  private static final int PIECE = 64 << 10;

  /** What the sockets of both sides and the client may hold: far less than the body. */
  private static final long HELD = 12 << 20;

  private static final Duration A_WHILE = Duration.ofMillis(300);

  @BothClients
  void aResponseIsReadNoFasterThanTheCallerReads(Subject subject) throws Exception {
    AtomicLong sent = new AtomicLong();
    Gate all = new Gate();
    ScriptedServer server =
        answer(
            (request, connection) -> {
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
              for (int i = 0; i < SIZE / PIECE; i++) {
                connection.send(new byte[PIECE]);
                sent.addAndGet(PIECE);
              }
              all.open();
            });
    HttpClient client = client(subject);

    try (InputStream body = client.send(get(server), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.read()).isZero();
      awaitRest(sent);
      assertThat(sent.get()).isLessThan(HELD);

      assertThat(body.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(SIZE - 1);
    }
    assertThat(all.await(SOON)).isTrue();
    assertThat(sent.get()).isEqualTo(SIZE);
  }

  @BothClients
  void aRequestIsTakenNoFasterThanTheServerReads(Subject subject) throws Exception {
    AtomicLong taken = new AtomicLong();
    Gate readOn = new Gate();
    Gate begun = new Gate();
    ScriptedServer server =
        serveAlways(
            connection -> {
              ReceivedRequestHead head = connection.readHead();
              begun.open();
              connection.await(readOn);
              byte[] body = connection.readBody(head);
              connection.send(ok(Integer.toString(body.length)));
            });
    InputStream source =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException("reads are of arrays");
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            long left = SIZE - taken.get();
            int size = (int) Math.min(length, left);
            taken.addAndGet(size);
            return left == 0 ? -1 : size;
          }
        };
    var response =
        client(subject)
            .sendAsync(
                request(server).POST(BodyPublishers.ofInputStream(() -> source)).build(),
                BodyHandlers.ofString());
    assertThat(begun.await(SOON)).isTrue();

    awaitRest(taken);
    assertThat(taken.get()).isLessThan(HELD);

    readOn.open();
    assertThat(soon(response).body()).isEqualTo(Integer.toString(SIZE));
  }

  /** Waits until a count has not changed for a while. */
  private static void awaitRest(AtomicLong count) throws InterruptedException {
    long before = -1;
    while (before != count.get()) {
      before = count.get();
      new Gate().await(A_WHILE);
    }
  }
}
