package io.httptrace.client.failures;

import static io.httptrace.RoundTripOutcome.FAILED;
import static io.httptrace.timeline.PhaseKind.REQUEST;
import static io.httptrace.timeline.PhaseKind.RESPONSE;
import static io.httptrace.timeline.PhaseKind.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection, and then a server that breaks off or does not speak HTTP. */
class ExchangeFailureTest {
  private static final String PART = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
  private static final String CHUNK =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Trial trial = new Trial(guard);

  private FailedRequest fails(ConnectionScript server) throws Exception {
    return trial.to(trial.server(server)).fails();
  }

  /** Says something, closes, and reads no more. */
  private static ConnectionScript answers(String text) {
    return connection -> {
      connection.readRequest();
      connection.send(text);
      connection.close();
    };
  }

  private ConnectionScript resetsAfter(String text, String hook) {
    return connection -> {
      connection.readRequest();
      connection.send(text);
      connection.await(trial.at(hook));
      connection.reset();
    };
  }

  private static void diedWaiting(FailedRequest failed, Class<? extends Throwable> type) {
    failed.phases("CONNECT DONE", "REQUEST DONE", "WAIT CUT").outcome(FAILED);
    failed.diedIn(WAIT, type).caught(IOException.class);
  }

  private static void diedReading(FailedRequest failed, Class<? extends Throwable> type) {
    failed.phases("CONNECT DONE", "REQUEST DONE", "WAIT DONE", "RESPONSE CUT").outcome(FAILED);
    failed.diedIn(RESPONSE, type).caught(IOException.class);
  }

  @Test
  void resetBeforeTheResponse() throws Exception {
    FailedRequest failed =
        fails(
            connection -> {
              connection.readRequest();
              connection.await(trial.at("wroteRequest"));
              connection.reset();
            });

    diedWaiting(failed, SocketException.class);
    assertThat(failed.roundTrip().timeToFirstByte()).isNull();
    assertThat(failed.roundTrip().serverTime()).isNull();
    assertThat(failed.roundTrip().status()).isEmpty();
  }

  @Test
  void endBeforeTheResponse() throws Exception {
    diedWaiting(fails(answers("")), EOFException.class);
  }

  @Test
  void endInsideTheHead() throws Exception {
    FailedRequest failed = fails(answers("HTTP/1.1 200 OK\r\nContent-Le"));

    diedReading(failed, EOFException.class);
    assertThat(failed.roundTrip().status()).isEmpty();
  }

  @Test
  void resetInsideTheHead() throws Exception {
    diedReading(
        fails(resetsAfter("HTTP/1.1 200 OK\r\n", "gotFirstResponseByte")), SocketException.class);
  }

  @Test
  void resetInsideTheBody() throws Exception {
    FailedRequest failed = fails(resetsAfter(PART, "gotResponse"));

    diedReading(failed, SocketException.class);
    assertThat(failed.roundTrip().status()).hasValue(200);
    assertThat(failed.bytes().contentReceived()).isEqualTo(5);
  }

  @Test
  void truncatedBody() throws Exception {
    FailedRequest failed = fails(answers(PART));

    diedReading(failed, EOFException.class);
    assertThat(failed.bytes().contentReceived()).isEqualTo(5);
  }

  @Test
  void truncatedChunkedBody() throws Exception {
    diedReading(fails(answers(CHUNK)), EOFException.class);
  }

  @Test
  void malformedChunk() throws Exception {
    diedReading(fails(answers(CHUNK + "what\r\n")), ResponseException.class);
  }

  @Test
  void malformedHead() throws Exception {
    diedReading(fails(answers("HTTPS 1 what\r\n\r\n")), ResponseException.class);
  }

  @Test
  void headTooLarge() throws Exception {
    trial.client(b -> b.maxResponseHeaderBytes(300));
    FailedRequest failed = fails(answers("HTTP/1.1 200 OK\r\nA: " + "x".repeat(300) + "\r\n\r\n"));

    diedReading(failed, ResponseException.class);
    assertThat(((ResponseException) failed.roundTripError()).reason())
        .isEqualTo(ResponseException.Reason.HEADER_TOO_LARGE);
  }

  @Test
  void endWhileTheRequestIsBeingSent() throws Exception {
    trial.request(b -> b.POST(BodyPublishers.fromPublisher(Trial.endless(), 1_000_000_000)));
    FailedRequest failed =
        fails(
            connection -> {
              connection.readHead();
              connection.reset();
            });

    failed.phases("CONNECT DONE", "REQUEST STOPPED").outcome(FAILED);
    failed.diedIn(REQUEST, IOException.class).caught(IOException.class);
  }
}
