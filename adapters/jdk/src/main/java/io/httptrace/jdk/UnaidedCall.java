package io.httptrace.jdk;

import static java.util.Objects.requireNonNull;

import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.adapter.CallHooks;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call whose hooks are called from outside of the client. */
final class UnaidedCall {
  private static final JvmListeners NOBODY_ELSE = new JvmListeners();

  private final HttpRequest request;
  private final Hooks hooks;
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile boolean returned;

  private UnaidedCall(HttpRequest request, CallHooks hooks) {
    this.request = request;
    this.hooks = new Hooks(hooks, 1);
  }

  /** {@return the call, or null if nobody traces it or the agent does} */
  static @Nullable UnaidedCall of(HttpRequest request) {
    JvmListeners.CallListeners found = JdkTracing.isInstalled() ? null : NOBODY_ELSE.of(request);
    return found == null ? null : new UnaidedCall(request, found.hooks());
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
    if (returned && done.get()) {
      hooks.endCall();
    }
  }

  <T> BodyHandler<T> watching(BodyHandler<T> handler) {
    requireNonNull(handler, "handler");
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
