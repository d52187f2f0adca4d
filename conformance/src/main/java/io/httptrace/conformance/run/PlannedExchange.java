package io.httptrace.conformance.run;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientRequest.Header;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.body.RequestBody;
import io.httptrace.conformance.error.HookFailedException;
import io.httptrace.conformance.golden.Plan.HookCall;
import io.httptrace.conformance.golden.Plan.PlannedBody;
import io.httptrace.conformance.golden.Plan.PlannedRequest;
import io.httptrace.conformance.log.RequestLog;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request of a plan: performs the caller's part, and adds its marks to the log. */
final class PlannedExchange {
  private final PlannedRequest plan;
  private final RequestLog log;
  private final Progress progress;
  private final ClientCall call;

  PlannedExchange(
      PlannedRequest plan,
      URI uri,
      OpenClient client,
      RequestLog log,
      Progress progress,
      Gate bodyGate) {
    this.plan = plan;
    this.log = log;
    this.progress = progress;
    log.ownFields(plan.headers().stream().map(h -> h.get(0)).toList());
    if (plan.timeoutMs() != null) {
      log.hasDeadline();
    }
    call = client.newCall(request(uri, bodyGate));
    planHooks();
  }

  void cancel() {
    call.cancel();
  }

  /** Sends the request and reads the response as planned. Errors of the client go to the log. */
  void run() {
    ClientResponse response;
    try {
      response = call.send();
    } catch (Exception | AssertionError e) {
      log.roundTripReturned(e);
      return;
    }
    log.roundTripReturned(response.status(), response.protocol());
    read(response.body());
    try {
      response.body().close();
    } catch (IOException closedAnyway) {
      Objects.requireNonNull(closedAnyway);
    }
    log.bodyClosed();
  }

  private void read(InputStream body) {
    switch (plan.readBody().mode()) {
      case "none" -> {}
      case "all" -> read(body, Long.MAX_VALUE);
      case "bytes" -> read(body, plan.readBody().n());
      default -> throw new IllegalArgumentException(plan.readBody().toString());
    }
  }

  private void read(InputStream body, long wanted) {
    byte[] buffer = new byte[8192];
    long total = 0;
    try {
      while (total < wanted) {
        int count = body.read(buffer, 0, (int) Math.min(buffer.length, wanted - total));
        if (count < 0) {
          break;
        }
        total += count;
        progress.read(plan.id(), count);
      }
      log.bodyDone(total, null);
    } catch (IOException | RuntimeException e) {
      log.bodyDone(total, e);
    }
  }

  private void planHooks() {
    HookCall cancel = plan.cancelAtEvent();
    if (cancel != null) {
      log.at(Objects.requireNonNull(cancel.event()), cancel.nth(), trace(cancel), call::cancel);
    }
    HookCall fails = plan.got1xxError();
    if (fails != null) {
      log.at(
          "got1xxResponse",
          fails.nth(),
          trace(fails),
          () -> {
            throw new HookFailedException();
          });
    }
  }

  private int trace(HookCall hook) {
    return plan.traces() == 1 ? 0 : hook.trace();
  }

  private ClientRequest request(URI uri, Gate bodyGate) {
    List<Header> headers =
        plan.headers().stream().map(h -> new Header(h.get(0), h.get(1))).toList();
    Duration timeout = plan.timeoutMs() == null ? null : Duration.ofMillis(plan.timeoutMs());
    return new ClientRequest(
        plan.method(),
        uri,
        headers,
        body(plan.body(), bodyGate),
        plan.expectContinue(),
        timeout,
        traces());
  }

  private List<ClientTrace> traces() {
    if (plan.traces() == 1) {
      return List.of(log.trace());
    }
    List<ClientTrace> traces = new ArrayList<>();
    for (int i = 1; i <= plan.traces(); i++) {
      traces.add(log.trace(i));
    }
    return traces;
  }

  private static @Nullable RequestBody body(@Nullable PlannedBody plan, Gate gate) {
    if (plan == null) {
      return null;
    }
    RequestBody.Builder body = RequestBody.of(content(plan));
    if (plan.length().equals("unknown")) {
      body.unknownLength();
    }
    if (!plan.replayable()) {
      body.onlyOnce();
    }
    if (plan.pauseAfter() != null) {
      body.pauseAfter(plan.pauseAfter(), gate);
    }
    if (plan.failAfter() != null) {
      body.failAfter(plan.failAfter());
    }
    return body.build();
  }

  private static byte[] content(PlannedBody plan) {
    if (plan.text() != null) {
      return plan.text().getBytes(StandardCharsets.UTF_8);
    }
    byte[] content = new byte[plan.size()];
    Arrays.fill(content, (byte) 'x');
    return content;
  }
}
