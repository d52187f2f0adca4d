package io.httptrace.jdk;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TraceContext;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceCarrier;
import io.httptrace.timeline.TraceRecorder;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call whose hooks are called from outside of the client. */
final class UnaidedCall {
  private final HttpRequest request;
  private final Hooks hooks;
  private final @Nullable TraceRecorder recorder;
  private final List<Consumer<? super Timeline>> consumers;
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean returned;

  private UnaidedCall(
      HttpRequest request,
      ClientTrace trace,
      @Nullable TraceRecorder recorder,
      List<Consumer<? super Timeline>> consumers) {
    this.request = request;
    this.hooks = new Hooks(trace, EventStamp.newRequestId(), 1);
    this.recorder = recorder;
    this.consumers = consumers;
  }

  /** {@return the call, or null if nobody traces it or the agent does} */
  static @Nullable UnaidedCall of(HttpRequest request) {
    ClientTrace around = TraceContext.current().clientTrace();
    if ((!(request instanceof TraceCarrier) && around == null)
        || JdkTracing.installed().isPresent()) {
      return null;
    }
    ClientTrace own = null;
    List<Consumer<? super Timeline>> consumers = List.of();
    if (request instanceof TraceCarrier carrier) {
      own = carrier.traceContext().clientTrace();
      consumers = carrier.timelineConsumers();
    }
    TraceRecorder recorder = consumers.isEmpty() ? null : new TraceRecorder();
    TraceContext context = TraceContext.empty();
    for (ClientTrace each : new @Nullable ClientTrace[] {recorder, around, own}) {
      context = each == null ? context : context.withClientTrace(each);
    }
    ClientTrace trace = context.clientTrace();
    return trace == null ? null : new UnaidedCall(request, trace, recorder, consumers);
  }

  void start() {
    long now = System.nanoTime();
    RoundTripStartInfo info =
        RoundTripStartInfo.of(
            1, RoundTripReason.FIRST, request.method(), request.uri(), UnaidedClient.SUPPORT);
    hooks.call(Hook.ROUND_TRIP_START, now, 0, trace -> trace.roundTripStart(info));
    String hostPort = Hosts.hostPort(request.uri(), null);
    hooks.call(Hook.GET_CONN, now, 0, trace -> trace.getConn(hostPort));
  }

  void failed(Throwable error) {
    end(Errors.outcome(error, null), Errors.of(error));
  }

  void returned() {
    returned = true;
    tellConsumers();
  }

  private void end(RoundTripOutcome outcome, @Nullable Throwable error) {
    if (done.compareAndSet(false, true)) {
      RoundTripDoneInfo info = RoundTripDoneInfo.of(outcome, null, error);
      hooks.call(Hook.ROUND_TRIP_DONE, System.nanoTime(), 0, trace -> trace.roundTripDone(info));
      tellConsumers();
    }
  }

  private void tellConsumers() {
    if (recorder == null || !returned || !done.get() || !told.compareAndSet(false, true)) {
      return;
    }
    Timeline timeline = recorder.timeline();
    for (Consumer<? super Timeline> consumer : consumers) {
      try {
        consumer.accept(timeline);
      } catch (Throwable thrown) {
        Problems.log("a consumer of timelines threw", thrown);
      }
    }
  }

  <T> BodyHandler<T> watching(BodyHandler<T> handler) {
    return info -> {
      String protocol = info.version() == Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
      GotResponseInfo got =
          GotResponseInfo.of(info.statusCode(), protocol, HeadFields.withoutPseudo(info.headers()));
      hooks.call(Hook.GOT_RESPONSE, System.nanoTime(), 0, trace -> trace.gotResponse(got));
      return new Watching<>(handler.apply(info));
    };
  }

  private final class Watching<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> subscriber;

    Watching(BodySubscriber<T> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public CompletionStage<T> getBody() {
      return subscriber.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {
              subscription.request(n);
            }

            @Override
            public void cancel() {
              end(RoundTripOutcome.ABANDONED, null);
              subscription.cancel();
            }
          });
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable throwable) {
      failed(throwable);
      subscriber.onError(throwable);
    }

    @Override
    public void onComplete() {
      end(RoundTripOutcome.COMPLETED, null);
      subscriber.onComplete();
    }
  }
}
