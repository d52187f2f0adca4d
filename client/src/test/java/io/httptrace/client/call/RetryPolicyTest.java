package io.httptrace.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.exchange.ExchangeFailure;
import io.httptrace.client.exchange.ExchangeFailure.Step;
import io.httptrace.client.request.RequestSnapshot;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request is sent once more. */
class RetryPolicyTest {
  private final EOFException dead = new EOFException("closed");

  private static RequestSnapshot request(String method, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://a.test/"))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return RequestSnapshot.of(builder.build());
  }

  private static ExchangeFailure written(Throwable error) {
    return new ExchangeFailure(error, Step.AWAITING_RESPONSE, false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
  void whatMayBeRepeatedIs(String method) {
    assertThat(RetryPolicy.retries(request(method), written(dead), true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "get"})
  void whatMayHaveHadAnEffectIsNot(String method) {
    assertThat(RetryPolicy.retries(request(method), written(dead), true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Idempotency-Key", "X-Idempotency-Key", "x-idempotency-key"})
  void unlessTheCallerSaysThatItMay(String header) {
    assertThat(RetryPolicy.retries(request("POST", header, "1"), written(dead), true)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"'', true", "true, true", "TRUE, true", "false, false", "x, false"})
  void orThePropertyOfTheJdkSaysThatAllMay(String value, boolean repeated) {
    System.setProperty("jdk.httpclient.enableAllMethodRetry", value);
    try {
      assertThat(RetryPolicy.retries(request("POST"), written(dead), true)).isEqualTo(repeated);
      assertThat(RetryPolicy.retries(request("POST"), written(dead), false)).isFalse();
    } finally {
      System.clearProperty("jdk.httpclient.enableAllMethodRetry");
    }
    assertThat(RetryPolicy.retries(request("POST"), written(dead), true)).isFalse();
  }

  @Test
  void whatHasNotBeenWrittenMayAlwaysBeSent() {
    ExchangeFailure unwritten = new ExchangeFailure(dead, Step.WRITING, false, false);

    assertThat(RetryPolicy.retries(request("POST"), unwritten, true)).isTrue();
  }

  @Test
  void aNewConnectionThatDiesIsAnError() {
    assertThat(RetryPolicy.retries(request("GET"), written(dead), false)).isFalse();
  }

  @Test
  void oneByteOfAnAnswerRulesItOut() {
    ExchangeFailure answered = new ExchangeFailure(dead, Step.AWAITING_RESPONSE, true, true);

    assertThat(RetryPolicy.retries(request("GET"), answered, true)).isFalse();
  }

  static Stream<Throwable> lostConnections() {
    return Stream.of(
        new EOFException("closed"),
        new SocketException("Connection reset"),
        new ClosedChannelException());
  }

  @ParameterizedTest
  @MethodSource("lostConnections")
  void aDeadConnection(Throwable error) {
    assertThat(RetryPolicy.retries(request("GET"), written(error), true)).isTrue();
  }

  static Stream<Throwable> others() {
    return Stream.of(
        new HttpTimeoutException("late"),
        new CancellationException("cancelled"),
        new ResponseException(ResponseException.Reason.MALFORMED, null),
        new IOException("of the publisher"),
        new IllegalStateException("of the caller"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNotADeadConnection(Throwable error) {
    assertThat(RetryPolicy.retries(request("GET"), written(error), true)).isFalse();
  }
}
