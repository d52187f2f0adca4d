package io.httptrace.conformance.run;

import io.httptrace.Hook;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.golden.Plan;
import io.httptrace.conformance.golden.Plan.Config;
import io.httptrace.conformance.golden.Plan.PlannedRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The capabilities that a plan needs, as far as the plan shows them. */
public final class PlanNeeds {
  private final Set<Capability> needs = EnumSet.noneOf(Capability.class);

  private PlanNeeds() {}

  /**
   * {@return what a client must be able to do}
   *
   * @param plan the plan of a recording
   */
  public static Set<Capability> of(Plan plan) {
    PlanNeeds all = new PlanNeeds();
    all.add(plan.dns() != null, Capability.NAMES);
    all.settings(plan.config());
    String proxy = plan.config().proxy();
    if (proxy != null) {
      all.proxy(proxy, plan.requests().allMatch(r -> r.url().startsWith("https:")));
    }
    plan.requests().forEach(all::request);
    all.add(
        plan.steps().stream().anyMatch(Plan.Step::closeIdleConnections),
        Capability.CLOSE_IDLE_CONNECTIONS);
    all.names(plan);
    return all.needs;
  }

  /**
   * {@return the hooks that a plan needs, by name, because the caller acts inside of them}
   *
   * @param plan the plan
   */
  public static Set<Hook> hooksOf(Plan plan) {
    Set<Hook> hooks = EnumSet.noneOf(Hook.class);
    plan.requests()
        .map(PlannedRequest::cancelAtEvent)
        .filter(at -> at != null && at.event() != null)
        .forEach(at -> hooks.add(named(at.event())));
    plan.requests()
        .filter(request -> request.got1xxError() != null)
        .forEach(request -> hooks.add(Hook.GOT_1XX_RESPONSE));
    return hooks;
  }

  private static Hook named(@Nullable String name) {
    return Arrays.stream(Hook.values())
        .filter(hook -> hook.methodName().equals(name))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("there is no hook " + name));
  }

  private void names(Plan plan) {
    if (plan.dns() != null) {
      for (Plan.Name name : plan.dns().values()) {
        add(name.addrs().contains("::1"), Capability.IPV6);
        add(name.addrs().size() > 1, Capability.SEVERAL_ADDRESSES);
      }
    }
  }

  private void settings(Config config) {
    add(config.dialTimeoutMs() != null, Capability.CONNECT_TIMEOUT);
    add(config.fallbackDelayMs() != null, Capability.FALLBACK_DELAY);
    add(runsOut(config.expectContinueTimeoutMs()), Capability.EXPECT_CONTINUE_TIMEOUT);
    add(config.tlsHandshakeTimeoutMs() != null, Capability.TLS_HANDSHAKE_TIMEOUT);
    add(config.responseHeaderTimeoutMs() != null, Capability.RESPONSE_HEADER_TIMEOUT);
    add(config.idleConnTimeoutMs() != null, Capability.IDLE_CONNECTION_TIMEOUT);
    add(config.maxIdleConns() != null, Capability.MAX_IDLE_CONNECTIONS);
    add(config.maxIdleConnsPerHost() != null, Capability.MAX_IDLE_CONNECTIONS_PER_HOST);
    add(config.maxConnsPerHost() != null, Capability.MAX_CONNECTIONS_PER_HOST);
    add(config.maxResponseHeaderBytes() != null, Capability.MAX_RESPONSE_HEADER_BYTES);
    add(config.disableKeepAlives(), Capability.KEEP_ALIVE_OFF);
    add(config.insecure(), Capability.INSECURE);
    add(config.tlsSessionCache(), Capability.TLS_RESUMPTION);
    add(config.http2(), Capability.HTTP2);
    add(config.redirects() != null, Capability.REDIRECTS);
  }

  private void proxy(String proxy, boolean tunnel) {
    boolean socks = proxy.startsWith("socks");
    boolean credentials = proxy.contains("@");
    add(true, Capability.PROXY);
    add(socks, Capability.SOCKS);
    add(socks, Capability.SOCKS_NAMES);
    add(socks && credentials, Capability.SOCKS_CREDENTIALS);
    add(!socks && !tunnel, Capability.PROXY_WITHOUT_TUNNEL);
    add(!socks && credentials && !tunnel, Capability.PROXY_CREDENTIALS_IN_ADVANCE);
    add(!socks && credentials && tunnel, Capability.TUNNEL_CREDENTIALS_IN_ADVANCE);
    add(proxy.startsWith("https:"), Capability.TLS_TO_PROXY);
  }

  private void request(PlannedRequest request) {
    add(request.url().startsWith("https:"), Capability.TLS);
    add(request.expectContinue(), Capability.EXPECT_CONTINUE);
    add(request.timeoutMs() != null, Capability.REQUEST_TIMEOUT);
    add(request.cancelAfterMs() != null || request.cancelAtEvent() != null, Capability.CANCEL);
    add(request.got1xxError() != null, Capability.VETO);
    add(request.traces() > 1, Capability.SEVERAL_TRACES);
    add(hasHeader(request, "Host"), Capability.HOST_HEADER);
    add(hasHeader(request, "Connection"), Capability.CONNECTION_HEADER);
    add(hasHeader(request, "Idempotency-Key"), Capability.IDEMPOTENCY_KEY);
    add(
        request.body() != null && request.body().length().equals("unknown"),
        Capability.BODY_OF_UNKNOWN_LENGTH);
  }

  /** A limit of seconds is there to be out of the way: a client without one will do. */
  private static boolean runsOut(@Nullable Integer limitMs) {
    return limitMs != null && limitMs < 1_000;
  }

  private static boolean hasHeader(PlannedRequest request, String name) {
    return request.headers().stream().anyMatch(h -> h.get(0).equalsIgnoreCase(name));
  }

  private void add(boolean condition, Capability capability) {
    if (condition) {
      needs.add(capability);
    }
  }
}
