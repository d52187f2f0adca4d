package io.httptrace.jdk;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the JDK's client tells while it sends a request and reads the response. */
final class Exchanging {

  @Nullable Object callResult(Object multi, @Nullable Object future) {
    JdkCall call = Jdk.callOfMulti(multi);
    if (call == null) {
      return future;
    }
    return Connecting.whenComplete(future, (r, t) -> call.returned(t, multi));
  }

  /** The caller waits no longer, whatever the client still does for it. */
  @Nullable Object callCancelled(Object multi) {
    JdkCall call = Jdk.callOfMulti(multi);
    if (call != null && Jdk.isCancelledByCaller(multi)) {
      call.cancelled(multi);
    }
    return null;
  }

  @Nullable Object roundTripResult(Object exchange, @Nullable Object future) {
    JdkCall call = Jdk.callOfExchange(exchange);
    JdkRoundTrip roundTrip = call == null ? null : call.current();
    if (roundTrip == null) {
      return future;
    }
    return Connecting.whenComplete(
        future,
        (response, t) -> {
          if (response == null) {
            roundTrip.failed(t == null ? new IOException("no response") : t, Jdk.multiOf(exchange));
          } else {
            roundTrip.finalResponse(
                Jdk.status(response), Jdk.protocol(response), Jdk.fields(response));
          }
        });
  }

  @Nullable Object head(Object http1Request, @Nullable Object buffers) {
    Object impl = Jdk.implOfRequest(http1Request);
    JdkRoundTrip roundTrip = begun(impl);
    if (roundTrip != null && impl != null && buffers instanceof List<?> head) {
      roundTrip.isOfNow(impl);
      roundTrip.head(HeadFields.ofHttp1(head));
    }
    return buffers;
  }

  @Nullable Object http2Head(Object stream, @Nullable Object frame) {
    JdkRoundTrip roundTrip = begun(stream);
    if (roundTrip != null && frame != null) {
      roundTrip.isOfNow(stream);
      roundTrip.head(
          HeadFields.ofHttp2(
              Jdk.pseudoFields(stream), Jdk.systemFields(frame), Jdk.userFields(frame)));
    }
    return frame;
  }

  @Nullable Object headSentResult(Object impl, @Nullable Object future) {
    JdkRoundTrip roundTrip = begun(impl);
    if (roundTrip == null) {
      return future;
    }
    boolean http2 = Jdk.isStream(impl);
    return Connecting.whenComplete(
        future,
        (v, t) -> {
          if (t == null) {
            roundTrip.headSent(http2);
          }
        });
  }

  @Nullable Object flushed(Object subscription) {
    JdkRoundTrip roundTrip = of(Jdk.implOfSubscription(subscription));
    if (roundTrip != null) {
      roundTrip.flushed();
    }
    return null;
  }

  @Nullable Object bodySentResult(Object impl, @Nullable Object future) {
    JdkRoundTrip roundTrip = of(impl);
    if (roundTrip == null) {
      return future;
    }
    return Connecting.whenComplete(
        future,
        (v, t) -> {
          if (t != null || Jdk.isSent(impl)) {
            roundTrip.bodySent(t);
          } else {
            roundTrip.bodyNotSent();
          }
        });
  }

  @Nullable Object bytesArrived(@Nullable Object receiver) {
    JdkRoundTrip roundTrip = of(Jdk.implOfReceiver(receiver));
    if (roundTrip != null) {
      roundTrip.bytesArrived();
    }
    return null;
  }

  @Nullable Object responseBytes(@Nullable Object reader) {
    JdkRoundTrip roundTrip = of(Jdk.implOfReader(reader));
    if (roundTrip != null) {
      roundTrip.firstByte();
    }
    return null;
  }

  @Nullable Object http2ResponseHead(Object stream) {
    JdkRoundTrip roundTrip = of(stream);
    if (roundTrip != null) {
      roundTrip.firstByteOnSharedThread();
    }
    return null;
  }

  /** An informational response is told; if that throws, the request fails with what was thrown. */
  @Nullable Object responseResult(Object impl, @Nullable Object future) {
    JdkCall call = Jdk.callOfImpl(impl);
    JdkRoundTrip roundTrip = call == null ? null : call.current();
    if (roundTrip == null || !(future instanceof CompletableFuture<?> response)) {
      return future;
    }
    roundTrip.isOfNow(impl); // After an upgrade it is a stream that began without writing.
    boolean http2 = Jdk.isStream(impl);
    return response.thenApplyAsync(
        head -> {
          Throwable veto = head == null ? null : responded(roundTrip, head, http2);
          if (veto != null) {
            throw vetoed(impl, veto);
          }
          return head;
        },
        roundTrip.offSelector());
  }

  private static @Nullable Throwable responded(JdkRoundTrip roundTrip, Object head, boolean http2) {
    try {
      return roundTrip.responded(Jdk.status(head), Jdk.fields(head), http2);
    } catch (Throwable fault) {
      Problems.fault("a response", fault);
      return null;
    }
  }

  private static CompletionException vetoed(Object impl, Throwable veto) {
    Jdk.cancel(
        impl, veto instanceof IOException io ? io : new IOException("got1xxResponse threw", veto));
    return new CompletionException(veto);
  }

  @Nullable Object bodyRead(Object http1Response) {
    Object impl = Jdk.implOfResponse(http1Response);
    JdkRoundTrip roundTrip = of(impl);
    if (roundTrip != null && !Jdk.isUpgraded(impl, http1Response)) {
      roundTrip.bodyRead(false);
    }
    return null;
  }

  @Nullable Object bodyResult(Object exchange, @Nullable Object future) {
    JdkCall call = Jdk.callOfExchange(exchange);
    JdkRoundTrip roundTrip = call == null ? null : call.current();
    if (roundTrip == null) {
      return future;
    }
    return Connecting.whenComplete(
        future,
        (v, t) -> {
          if (t != null) {
            roundTrip.failed(t, Jdk.multiOf(exchange));
          }
        });
  }

  @Nullable Object readFailed(Object http1Response, @Nullable Object error) {
    Object impl = Jdk.implOfResponse(http1Response);
    JdkRoundTrip roundTrip = of(impl);
    if (roundTrip == null || !roundTrip.hasResponse() || !(error instanceof Throwable thrown)) {
      return null;
    }
    if (Errors.endedBySubscriber(thrown)) {
      roundTrip.abandoned();
    } else {
      roundTrip.failed(thrown, impl == null ? null : Jdk.multiOfImpl(impl));
    }
    return null;
  }

  @Nullable Object readStopped(Object receiver) {
    Object impl = Jdk.implOfReceiver(receiver);
    JdkRoundTrip roundTrip = of(impl);
    if (roundTrip != null && roundTrip.hasResponse() && !Jdk.isUpgrading(impl)) {
      roundTrip.abandoned();
    }
    return null;
  }

  @Nullable Object cancelled(Object impl, @Nullable Object error) {
    JdkRoundTrip roundTrip = of(impl);
    if (roundTrip != null && roundTrip.hasResponse() && error instanceof Throwable thrown) {
      roundTrip.failedOnSharedThread(thrown, Jdk.multiOfImpl(impl));
    }
    return null;
  }

  @Nullable Object streamReset(Object stream) {
    JdkRoundTrip roundTrip = of(stream);
    Throwable error = roundTrip == null ? null : Jdk.errorOfStream(stream);
    if (roundTrip != null && roundTrip.hasResponse() && error != null) {
      roundTrip.failedOnSharedThread(error, Jdk.multiOfImpl(stream));
    }
    return null;
  }

  @Nullable Object streamClosed(Object stream) {
    JdkRoundTrip roundTrip = of(stream);
    if (roundTrip != null) {
      Throwable error = Jdk.errorOfStream(stream);
      if (error == null) {
        roundTrip.bodyRead(true);
      } else if (roundTrip.hasResponse()) {
        roundTrip.failedOnSharedThread(error, Jdk.multiOfImpl(stream));
      }
    }
    return null;
  }

  @Nullable Object bodyAbandoned(Object stream) {
    JdkRoundTrip roundTrip = of(stream);
    if (roundTrip != null
        && roundTrip.hasResponse()
        && !Jdk.isCancelledByCaller(Jdk.multiOfImpl(stream))) {
      roundTrip.abandoned();
    }
    return null;
  }

  @Nullable Object bodyIgnored(Object stream, @Nullable Object future) {
    JdkRoundTrip roundTrip = of(stream);
    if (roundTrip != null) {
      roundTrip.abandoned();
    }
    return future;
  }

  private static @Nullable JdkRoundTrip of(@Nullable Object impl) {
    JdkCall call = Jdk.callOfImpl(impl);
    return call == null || impl == null ? null : call.currentOf(impl);
  }

  /** {@return the round trip that an exchange, which has not written yet, belongs to} */
  private static @Nullable JdkRoundTrip begun(@Nullable Object impl) {
    JdkCall call = Jdk.callOfImpl(impl);
    return call == null ? null : call.current();
  }
}
