package io.httptrace.client.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ScriptedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Handlers and subscribers of the caller's, above all those that do not do what they should. */
final class BodySubscriberTest extends Contract {
  private static final String BODY = "0123456789";

  /** What a subscriber of the caller's throws. */
  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault(String where) {
      super(where);
    }
  }

  /** Collects text, one buffer after the other, and gives it when it is told of the end. */
  private static class Text implements BodySubscriber<String> {
    final CompletableFuture<String> body = new CompletableFuture<>();
    final StringBuilder text = new StringBuilder();
    Flow.Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription from) {
      subscription = from;
      from.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      item.forEach(buffer -> text.append(US_ASCII.decode(buffer)));
      subscription.request(1);
    }

    @Override
    public void onError(Throwable error) {
      text.append('!');
    }

    @Override
    public void onComplete() {
      body.complete(text.toString());
    }
  }

  private void assertFault(Subject subject, BodyHandler<String> handler) {
    ScriptedServer server = answer(ok(BODY));

    assertFailsWith(client(subject), get(server), handler, Fault.class);
  }

  @BothClients
  void aHandlerThatThrows(Subject subject) {
    assertFault(
        subject,
        info -> {
          throw new Fault("handler");
        });
  }

  /** The JDK's client of JDK 25 may never complete its future then. */
  @Test
  void aHandlerThatGivesNull() {
    assertFailsWith(
        client(Subject.HTTPTRACE), get(answer(ok(BODY))), info -> null, NullPointerException.class);
  }

  @BothClients
  void aSubscriberThatThrowsInGetBody(Subject subject) {
    assertFault(
        subject,
        info ->
            new Text() {
              @Override
              public CompletionStage<String> getBody() {
                throw new Fault("getBody");
              }
            });
  }

  @BothClients
  void aSubscriberThatGivesNoBody(Subject subject) {
    assertFailsWith(
        client(subject),
        get(answer(ok(BODY))),
        info ->
            new Text() {
              @Override
              public CompletionStage<String> getBody() {
                return null;
              }
            },
        NullPointerException.class);
  }

  @BothClients
  void aSubscriberWhoseBodyFails(Subject subject) {
    assertFault(
        subject,
        info ->
            new Text() {
              @Override
              public CompletionStage<String> getBody() {
                return CompletableFuture.failedFuture(new Fault("body"));
              }
            });
  }

  @BothClients
  void aSubscriberThatThrowsInOnSubscribe(Subject subject) {
    assertFault(
        subject,
        info ->
            new Text() {
              @Override
              public void onSubscribe(Flow.Subscription from) {
                throw new Fault("onSubscribe");
              }
            });
  }

  @BothClients
  void aSubscriberThatThrowsInOnNext(Subject subject) {
    assertFault(
        subject,
        info ->
            new Text() {
              @Override
              public void onNext(List<ByteBuffer> item) {
                throw new Fault("onNext");
              }
            });
  }

  /** The JDK's client never completes its future then. */
  @Test
  void aSubscriberThatThrowsInOnComplete() {
    assertFault(
        Subject.HTTPTRACE,
        info ->
            new Text() {
              @Override
              public void onComplete() {
                throw new Fault("onComplete");
              }
            });
  }

  /** Who reads the stream that the subscriber makes would wait for ever. */
  @BothClients
  void aSubscriberThatThrowsInOnCompleteIsToldSo(Subject subject) throws Exception {
    ScriptedServer server = answer(ok(BODY));
    CompletableFuture<Throwable> told = new CompletableFuture<>();

    var future =
        client(subject)
            .sendAsync(
                get(server),
                info ->
                    new Text() {
                      @Override
                      public void onComplete() {
                        throw new Fault("onComplete");
                      }

                      @Override
                      public void onError(Throwable error) {
                        told.complete(error);
                        body.completeExceptionally(error);
                      }
                    });

    assertThat(soon(told)).isInstanceOf(Fault.class);
    assertThat(failure(future)).isInstanceOf(Fault.class);
  }

  /** The JDK's client of JDK 17 never completes its future then. */
  @Test
  void aSubscriberThatThrowsInOnErrorDoesNotHideTheError() {
    ScriptedServer server = answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY);
    BodyHandler<String> handler =
        info ->
            new Text() {
              @Override
              public void onError(Throwable error) {
                throw new Fault("onError");
              }
            };

    assertThat(failureOfSendAsync(client(Subject.HTTPTRACE), get(server), handler))
        .isExactlyInstanceOf(IOException.class);
  }

  @BothClients
  void theFutureFailsAlsoIfTheSubscriberKeepsTheErrorToItself(Subject subject) {
    ScriptedServer server = answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY);

    assertFails(client(subject), get(server), info -> new Text(), IOException.class);
  }

  @BothClients
  void aSubscriberCanMakeABodyOfWhatThereIsWhenItIsToldOfAnError(Subject subject) throws Exception {
    ScriptedServer server = answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY);
    BodyHandler<String> handler =
        info ->
            new Text() {
              @Override
              public void onError(Throwable error) {
                body.complete(text + "...");
              }
            };

    assertThat(client(subject).send(get(server), handler).body()).isEqualTo(BODY + "...");
  }

  @BothClients
  void askingForNothingOrLessIsAnError(Subject subject) {
    for (long wrong : new long[] {0, -1}) {
      BodyHandler<String> handler =
          info ->
              new Text() {
                @Override
                public void onSubscribe(Flow.Subscription from) {
                  from.request(wrong);
                }
              };
      HttpClient client = client(subject);
      ScriptedServer server = answer(ok(BODY));

      assertThat(failureOfSend(client, get(server), handler))
          .isExactlyInstanceOf(IllegalArgumentException.class);
      assertThat(failureOfSendAsync(client, get(server), handler))
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }

  @BothClients
  void aDemandOfOneAtATimeGetsItAll(Subject subject) throws Exception {
    assertThat(send(client(subject), get(answer(ok(BODY))), info -> new Text()).body())
        .isEqualTo(BODY);
  }

  @BothClients
  void theBodyMayBeThereBeforeItsContent(Subject subject) throws Exception {
    Collector<List<ByteBuffer>> content = new Collector<>();
    BodyHandler<String> handler =
        info ->
            new Text() {
              @Override
              public CompletionStage<String> getBody() {
                return CompletableFuture.completedFuture("early");
              }

              @Override
              public void onNext(List<ByteBuffer> item) {
                content.items();
                subscription.request(1);
              }

              @Override
              public void onComplete() {
                content.onComplete();
              }
            };

    assertThat(client(subject).send(get(answer(ok(BODY))), handler).body()).isEqualTo("early");
    soon(content.end());
  }

  @BothClients
  void aSubscriberThatCancelsMidwayGetsNoMoreAndTheConnectionIsClosed(Subject subject)
      throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY);
            });
    AtomicReference<Text> text = new AtomicReference<>();
    BodyHandler<String> handler =
        info -> {
          text.set(
              new Text() {
                @Override
                public void onNext(List<ByteBuffer> item) {
                  subscription.cancel();
                  body.complete("cancelled");
                }
              });
          return text.get();
        };

    assertThat(client(subject).send(get(server), handler).body()).isEqualTo("cancelled");
    assertThat(server.awaitEnd(1, SOON)).isTrue();
    assertThat(text.get().text).isEmpty();
  }

  @BothClients
  void aSubscriberThatAsksForNothingHoldsUpOnlyItsOwnRequest(Subject subject) throws Exception {
    HttpClient client = client(subject);
    ScriptedServer server = answer(ok(BODY));
    AtomicReference<Text> held = new AtomicReference<>();
    CompletableFuture<Void> subscribed = new CompletableFuture<>();
    var waiting =
        client.sendAsync(
            get(server),
            info -> {
              held.set(
                  new Text() {
                    @Override
                    public void onSubscribe(Flow.Subscription from) {
                      subscription = from;
                      subscribed.complete(null);
                    }
                  });
              return held.get();
            });
    soon(subscribed);

    assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo(BODY);
    assertThat(waiting).isNotDone();
    held.get().subscription.request(1);
    assertThat(soon(waiting).body()).isEqualTo(BODY);
  }

  @BothClients
  void theEndComesWithoutFurtherDemand(Subject subject) throws Exception {
    for (String response :
        List.of(
            ok(BODY),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n"
                + BODY
                + "\r\n0\r\n\r\n")) {
      BodyHandler<String> handler =
          info ->
              new Text() {
                @Override
                public void onNext(List<ByteBuffer> item) {
                  item.forEach(buffer -> text.append(US_ASCII.decode(buffer)));
                }
              };

      assertThat(send(client(subject), get(answer(response)), handler).body()).isEqualTo(BODY);
    }
  }

  @BothClients
  void anEmptyBodyEndsWithoutAnyDemand(Subject subject) throws Exception {
    for (String response : List.of(ok(""), "HTTP/1.1 204 No Content\r\n\r\n")) {
      BodyHandler<String> handler =
          info ->
              new Text() {
                @Override
                public void onSubscribe(Flow.Subscription from) {}
              };

      assertThat(send(client(subject), get(answer(response)), handler).body()).isEmpty();
    }
  }

  @BothClients
  void buffersOfAnItemAreReadOnly(Subject subject) throws Exception {
    Collector<List<ByteBuffer>> collector = new Collector<>();

    client(subject).send(get(answer(ok(BODY))), BodyHandlers.fromSubscriber(collector));

    assertThat(collector.items()).isNotEmpty();
    assertThat(collector.items().stream().flatMap(List::stream)).allMatch(ByteBuffer::isReadOnly);
  }

  @BothClients
  void aConnectionWhoseBodyFailedInTheSubscriberIsNotUsedAgain(Subject subject) throws Exception {
    ScriptedServer server =
        answer(
            (request, connection) ->
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234"));
    BodyHandler<String> handler =
        info ->
            new Text() {
              @Override
              public void onNext(List<ByteBuffer> item) {
                throw new Fault("onNext");
              }
            };

    assertThat(failureOfSendAsync(client(subject), get(server), handler)).isInstanceOf(Fault.class);

    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }
}
