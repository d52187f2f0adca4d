package io.httptrace.client.failures;

import static io.httptrace.RoundTripOutcome.FAILED;
import static io.httptrace.timeline.PhaseKind.REQUEST;
import static io.httptrace.timeline.PhaseKind.RESPONSE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.body.RequestBody;
import io.httptrace.conformance.error.BodyFailedException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that fail by what their caller has brought: hooks, publishers, subscribers. */
class CallerFailureTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Trial trial = new Trial(guard);

  private static ConnectionScript answers(String text) {
    return connection -> {
      connection.readRequest();
      connection.send(text);
    };
  }

  @Test
  void hookVetoesAnInformationalResponse() throws Exception {
    IOException veto = new IOException("no hints, please");
    trial.trace(
        ClientTrace.builder()
            .got1xxResponse(
                (code, header) -> {
                  throw veto;
                })
            .build());
    FailedRequest failed =
        trial.to(trial.server(answers("HTTP/1.1 103 Early Hints\r\n\r\n" + HELLO))).fails();

    failed.phases("CONNECT DONE", "REQUEST DONE", "WAIT DONE", "RESPONSE CUT").outcome(FAILED);
    failed.diedIn(RESPONSE, IOException.class).caught(IOException.class);
    assertThat(failed.roundTrip().error()).hasCause(veto);
  }

  private FailedRequest uploading(BodyPublisher body) throws Exception {
    return trial.request(b -> b.POST(body)).to(trial.server(answers(HELLO))).fails();
  }

  @Test
  void publisherFails() throws Exception {
    RequestBody body = RequestBody.of(new byte[1000]).failAfter(500).build();
    FailedRequest failed = uploading(BodyPublishers.fromPublisher(body.publisher(), 1000));

    failed.phases("CONNECT DONE", "REQUEST FAILED").outcome(FAILED);
    failed.diedIn(REQUEST, BodyFailedException.class).caught(IOException.class);
  }

  @Test
  void publisherFailsAtOnce() throws Exception {
    RequestBody body = RequestBody.of(new byte[10]).failAfter(0).unknownLength().build();
    FailedRequest failed = uploading(BodyPublishers.fromPublisher(body.publisher()));

    failed.phases("CONNECT DONE", "REQUEST FAILED").outcome(FAILED);
    failed.diedIn(REQUEST, BodyFailedException.class);
  }

  @Test
  void publisherThrowsWhenSubscribedTo() throws Exception {
    IllegalStateException thrown = new IllegalStateException("not now");
    FailedRequest failed =
        uploading(
            BodyPublishers.fromPublisher(
                subscriber -> {
                  throw thrown;
                },
                10));

    failed.phases("CONNECT DONE", "REQUEST FAILED").outcome(FAILED);
    failed.diedIn(REQUEST, IllegalStateException.class);
  }

  @Test
  void publisherGivesTooFewBytes() throws Exception {
    RequestBody body = RequestBody.of(new byte[10]).build();
    FailedRequest failed = uploading(BodyPublishers.fromPublisher(body.publisher(), 11));

    failed.phases("CONNECT DONE", "REQUEST FAILED").outcome(FAILED);
    failed.diedIn(REQUEST, IOException.class).caught(IOException.class);
  }

  @Test
  void publisherGivesTooManyBytes() throws Exception {
    RequestBody body = RequestBody.of(new byte[10]).build();
    FailedRequest failed = uploading(BodyPublishers.fromPublisher(body.publisher(), 9));

    failed.phases("CONNECT DONE", "REQUEST FAILED").outcome(FAILED);
    failed.diedIn(REQUEST, IOException.class).caught(IOException.class);
  }

  @Test
  void subscriberFails() throws Exception {
    IllegalStateException thrown = new IllegalStateException("cannot take it");
    trial.handler(info -> new Failing(thrown));
    FailedRequest failed =
        trial
            .to(
                trial.server(
                    answers("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "hello")))
            .fails();

    failed.phases("CONNECT DONE", "REQUEST DONE", "WAIT DONE", "RESPONSE CUT").outcome(FAILED);
    failed.diedIn(RESPONSE, IllegalStateException.class);
    assertThat(failed.error()).isSameAs(thrown);
  }

  /** Asks for everything and fails with the first piece. */
  private static final class Failing implements BodySubscriber<String> {
    private final BodySubscriber<String> text = BodySubscribers.ofString(UTF_8);
    private final RuntimeException failure;

    Failing(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public CompletionStage<String> getBody() {
      return text.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      text.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      throw failure;
    }

    @Override
    public void onError(Throwable throwable) {
      text.onError(throwable);
    }

    @Override
    public void onComplete() {
      text.onComplete();
    }
  }
}
