package io.httptrace.reactornetty;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.netty.Connection;
import reactor.util.context.Context;

/**
 * Who gets the response of a call. It puts the call into the context, where the connections find
 * it, and hears how the call fails.
 */
final class ReactorCallSubscriber implements CoreSubscriber<Connection>, Subscription {
  private final CoreSubscriber<? super Connection> actual;
  private final @Nullable ReactorCall call;
  private final Context context;

  // Set before anything is requested.
  private @Nullable Subscription subscription;

  /**
   * Whether the caller has the response: after that it cancels what it does not read, if at all.
   */
  private volatile boolean delivered;

  /**
   * Makes one.
   *
   * @param actual who wants the response
   * @param call the call; null if it is not traced
   */
  ReactorCallSubscriber(CoreSubscriber<? super Connection> actual, @Nullable ReactorCall call) {
    this.actual = actual;
    this.call = call;
    this.context =
        call == null
            ? actual.currentContext().delete(ReactorCall.class)
            : actual.currentContext().put(ReactorCall.class, call);
  }

  @Override
  public Context currentContext() {
    return context;
  }

  @Override
  public void onSubscribe(Subscription s) {
    subscription = s;
    actual.onSubscribe(this);
  }

  @Override
  public void onNext(Connection connection) {
    delivered = true;
    afterHooks(() -> actual.onNext(connection));
  }

  @Override
  public void onError(Throwable error) {
    if (call != null) {
      call.failed(error);
    }
    afterHooks(() -> actual.onError(error));
  }

  @Override
  public void onComplete() {
    afterHooks(actual::onComplete);
  }

  /** Tells the caller something when the hooks that tell of it have returned. */
  private void afterHooks(Runnable told) {
    if (call == null || call.haveHooksReturned()) {
      told.run();
    } else {
      call.whenHooksHaveReturned(told);
    }
  }

  @Override
  public void request(long n) {
    Subscription upstream = subscription;
    if (upstream != null) {
      upstream.request(n);
    }
  }

  @Override
  public void cancel() {
    if (call != null && !delivered) {
      call.cancelled();
    }
    Subscription upstream = subscription;
    if (upstream != null) {
      upstream.cancel();
    }
  }
}
