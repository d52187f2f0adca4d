package io.httptrace.client.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.errors.DnsException;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.TlsException;
import io.httptrace.client.exchange.ExchangeFailure;
import io.httptrace.client.exchange.ExchangeFailure.Step;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The types and messages callers get. */
class FailuresTest {
  @Test
  void aRefusedConnectionIsAConnectException() {
    ConnectException refused = new ConnectException("Connection refused: a.test/10.0.0.1:80");

    assertThat(Failures.dialling(refused))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("connect: Connection refused: a.test/10.0.0.1:80")
        .hasCause(refused);
  }

  @Test
  void anErrorWithoutAMessageIsNamed() {
    assertThat(Failures.dialling(new EOFException())).hasMessage("connect: EOFException");
  }

  @Test
  void aNameThatIsNotFoundIsAConnectException() {
    DnsException error = new DnsException("a.test", DnsException.Reason.NOT_FOUND, null);

    assertThat(Failures.dialling(error))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("lookup a.test: no such host")
        .hasCause(error);
  }

  @Test
  void timeOutsOfTheDialAreOfOneType() {
    TlsException slow =
        new TlsException(
            "a.test:443", TlsException.Reason.TIMEOUT, new SocketTimeoutException("timed out"));
    for (Throwable error :
        new Throwable[] {
          new SocketTimeoutException("connect timed out"),
          new DnsException("a.test", DnsException.Reason.TIMEOUT, null),
          slow
        }) {
      assertThat(Failures.dialling(error))
          .isExactlyInstanceOf(HttpConnectTimeoutException.class)
          .hasMessageStartingWith("HTTP connect timed out: ")
          .cause()
          .isExactlyInstanceOf(ConnectException.class)
          .hasCause(error);
    }
  }

  @Test
  void handshakesThatFailAreThemselves() {
    TlsException error = new TlsException("a.test:443", TlsException.Reason.NOT_TLS, null);
    TlsException slow = new TlsException("a.test:443", TlsException.Reason.TIMEOUT, null);

    assertThat(Failures.dialling(error)).isSameAs(error);
    assertThat(Failures.dialling(slow)).as("its own limit").isSameAs(slow);
  }

  @Test
  void whatComesFromTheCallerIsPassedOn() {
    HttpTimeoutException timeout = new HttpTimeoutException("request timed out");
    CancellationException cancelled = new CancellationException("cancelled");

    assertThat(Failures.dialling(timeout)).isSameAs(timeout);
    assertThat(Failures.dialling(cancelled)).isSameAs(cancelled);
    assertThat(Failures.exchanging(failure(timeout))).isSameAs(timeout);
    assertThat(Failures.exchanging(failure(cancelled))).isSameAs(cancelled);
  }

  private static ExchangeFailure failure(Throwable error) {
    return new ExchangeFailure(error, Step.AWAITING_RESPONSE, false, true);
  }

  @Test
  void errorsOfAnExchangeSayWhatWasBeingDone() {
    EOFException error = new EOFException("closed");

    assertThat(Failures.exchanging(failure(error)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("waiting for the response: closed")
        .hasCause(error);
  }

  @Test
  void errorsOfTheProtocolAndOfTheCallersCodeArePassedOn() {
    ResponseException malformed = new ResponseException(ResponseException.Reason.MALFORMED, null);
    IllegalStateException thrown = new IllegalStateException("of the publisher");

    assertThat(Failures.exchanging(failure(malformed))).isSameAs(malformed);
    assertThat(Failures.exchanging(failure(thrown))).isSameAs(thrown);
  }

  @Test
  void sendThrowsIoExceptionsOfTheSameType() {
    IOException error = new EOFException("broken");

    for (Throwable failure : new Throwable[] {error, new CompletionException(error)}) {
      assertThat(Failures.sending(failure))
          .isExactlyInstanceOf(EOFException.class)
          .hasMessage("broken")
          .satisfies(thrown -> assertThat(thrown.getCause()).isSameAs(error));
    }
  }

  @Test
  void sendWrapsOtherExceptions() {
    IllegalStateException thrown = new IllegalStateException("of the handler");

    assertThat(Failures.sending(thrown))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("of the handler")
        .hasCause(thrown);
  }

  @Test
  void sendThrowsWhatTheJdksClientThrowsUnchecked() {
    assertThatThrownBy(() -> raise(Failures.sending(new IllegalArgumentException("bad"))))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("bad");
    assertThatThrownBy(() -> raise(Failures.sending(new SecurityException("no"))))
        .isExactlyInstanceOf(SecurityException.class)
        .hasMessage("no");
    assertThatThrownBy(() -> raise(Failures.sending(new CancellationException("stop"))))
        .isExactlyInstanceOf(CancellationException.class);
  }

  private static void raise(IOException error) throws IOException {
    throw error;
  }
}
