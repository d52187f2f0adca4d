package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests share a connection. */
final class ConnectionReuseTest extends Contract {

  static Stream<Arguments> aConnectionIsUsedAgainAfter() {
    return Subject.each(
        Stream.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
                "HTTP/1.1 500 Oops\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc")
            .map(Arguments::of));
  }

  @ParameterizedTest
  @MethodSource
  void aConnectionIsUsedAgainAfter(Subject subject, String response) throws Exception {
    ScriptedServer server = answer(response);
    for (int i = 0; i < 3; i++) {
      client(subject).send(get(server), BodyHandlers.ofString());
    }

    assertThat(server.accepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\n\r\nabc"
      })
  void aConnectionIsNotUsedAgainAfter(String response) throws Exception {
    // The JDK's client takes only the very value "close"; see the table of connection options in
    // RFC 9112, section 9.3.
    ScriptedServer server = answerAndClose(response);
    for (int i = 0; i < 2; i++) {
      client(Subject.HTTPTRACE).send(get(server), BodyHandlers.ofString());
    }

    assertThat(server.accepted()).isEqualTo(2);
  }

  /** Others may have understood such framing otherwise (RFC 9112, sections 6.1 and 6.3). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: identity\r\n\r\nabc",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n"
      })
  void aConnectionIsNotUsedAgainAfterDoubtfulFraming(String response) throws Exception {
    ScriptedServer server = answer(response);
    for (int i = 0; i < 2; i++) {
      client(Subject.HTTPTRACE).send(get(server), BodyHandlers.ofString());
    }

    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  /** The JDK's client uses the connection again, as HTTP/1.0 says nothing of closing it. */
  @Test
  void http10ClosesUnlessItSaysOtherwise() throws Exception {
    ScriptedServer server = answer("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc");
    for (int i = 0; i < 2; i++) {
      client(Subject.HTTPTRACE).send(get(server), BodyHandlers.ofString());
    }

    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  @BothClients
  void connectionCloseOfTheServerIsHeeded(Subject subject) throws Exception {
    ScriptedServer server =
        answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc");
    for (int i = 0; i < 2; i++) {
      client(subject).send(get(server), BodyHandlers.ofString());
    }

    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  @BothClients
  void connectionCloseOfTheCallerIsHeeded(Subject subject) throws Exception {
    ScriptedServer server = answer(ok("abc"));
    for (int i = 0; i < 2; i++) {
      client(subject)
          .send(request(server).header("Connection", "close").build(), BodyHandlers.ofString());
    }

    assertThat(server.requests().get(0).values("Connection")).containsExactly("close");
  }

  @BothClients
  void anIdleConnectionTheServerClosedIsNotUsed(Subject subject) throws Exception {
    ScriptedServer server = answerAndClose(ok("abc"));
    HttpClient client = client(subject);

    client.send(get(server), BodyHandlers.ofString());
    assertThat(server.awaitEnd(1, SOON)).isTrue();

    assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo("abc");
    assertThat(server.awaitEnd(2, SOON)).isTrue();
    assertThat(
            client
                .send(
                    request(server).POST(BodyPublishers.ofString("x")).build(),
                    BodyHandlers.ofString())
                .body())
        .isEqualTo("abc");
  }

  @BothClients
  void aGetIsSentAgainIfTheUsedConnectionDiesBeforeAnAnswer(Subject subject) throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send(ok("first"));
              connection.readRequest();
              connection.close();
            },
            connection -> {
              connection.readRequest();
              connection.send(ok("second"));
            });
    HttpClient client = client(subject);

    client.send(get(server), BodyHandlers.ofString());

    assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo("second");
  }

  /** The system tells of it as an error of the write, or of the read, or as an end. */
  @Test
  void anUploadThatMayBeRepeatedIsSentAgainIfTheUsedConnectionIsReset() throws Exception {
    ConnectionScript answeredAndReset =
        connection -> {
          connection.readRequest();
          connection.send(ok("first"));
          connection.readHead();
          connection.reset();
        };
    HttpClient client = client(Subject.HTTPTRACE);
    for (int i = 0; i < 20; i++) {
      ScriptedServer server =
          serve(
              answeredAndReset,
              connection -> {
                connection.readRequest();
                connection.send(ok("second"));
              });
      client.send(get(server), BodyHandlers.ofString());

      HttpRequest upload =
          request(server)
              .header("Idempotency-Key", "1")
              .POST(BodyPublishers.ofByteArray(new byte[1 << 20]))
              .build();
      assertThat(client.send(upload, BodyHandlers.ofString()).body()).isEqualTo("second");
    }
  }

  @BothClients
  void aPostIsNotSentAgain(Subject subject) throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send(ok("first"));
              connection.readRequest();
              connection.close();
            });
    HttpClient client = client(subject);
    client.send(get(server), BodyHandlers.ofString());

    assertThat(
            jdkType(
                failureOfSend(
                    client,
                    request(server).POST(BodyPublishers.ofString("x")).build(),
                    BodyHandlers.ofString())))
        .isEqualTo(IOException.class);
    assertThat(server.accepted()).isEqualTo(1);
  }

  @BothClients
  void requestsAtTheSameTimeHaveConnectionsOfTheirOwn(Subject subject) throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    ScriptedServer server =
        answer(
            (request, connection) -> {
              together.await(SOON.toMillis(), TimeUnit.MILLISECONDS);
              connection.send(ok("abc"));
            });
    List<CompletableFuture<?>> responses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      responses.add(client(subject).sendAsync(get(server), BodyHandlers.ofString()));
    }
    for (CompletableFuture<?> response : responses) {
      soon(response);
    }

    assertThat(server.accepted()).isEqualTo(3);
  }

  /** One host may have all idle connections there may be. */
  @Test
  void aBurstOfRequestsUsesTheConnectionsOfTheLastOne() throws Exception {
    int burst = 64;
    CyclicBarrier together = new CyclicBarrier(burst);
    ConnectionScript script =
        connection -> {
          while (true) {
            connection.readRequest();
            together.await(SOON.toMillis(), TimeUnit.MILLISECONDS);
            connection.send(ok("abc"));
          }
        };
    ScriptedServer server =
        serve(Collections.nCopies(burst, script).toArray(new ConnectionScript[0]));
    for (int round = 0; round < 3; round++) {
      List<CompletableFuture<?>> responses = new ArrayList<>();
      for (int i = 0; i < burst; i++) {
        responses.add(client(Subject.HTTPTRACE).sendAsync(get(server), BodyHandlers.ofString()));
      }
      for (CompletableFuture<?> response : responses) {
        soon(response);
      }
    }

    assertThat(server.accepted()).isEqualTo(burst);
  }

  @BothClients
  void theConnectionIsFreeWhenTheResponseIsThere(Subject subject) throws Exception {
    ScriptedServer server = answer(ok("abc"));
    HttpClient client = client(subject);

    CompletableFuture<String> third =
        client
            .sendAsync(get(server), BodyHandlers.ofString())
            .thenCompose(first -> client.sendAsync(get(server), BodyHandlers.ofString()))
            .thenCompose(second -> client.sendAsync(get(server), BodyHandlers.ofString()))
            .thenApply(response -> response.body());

    assertThat(soon(third)).isEqualTo("abc");
    assertThat(server.accepted()).isEqualTo(1);
  }
}
