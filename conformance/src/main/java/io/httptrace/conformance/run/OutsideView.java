package io.httptrace.conformance.run;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.golden.Plan;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the servers, the resolver and the caller see of an event: for a client that does not tell
 * the event, or not when it happens. The requests of a plan that waits for one another come to the
 * servers in the order of the plan.
 */
final class OutsideView {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final List<String> ids;
  private final Collection<ScriptedServer> servers;
  private final FakeResolver resolver;
  private final Predicate<String> hasBegun;

  OutsideView(
      Plan plan,
      Collection<ScriptedServer> servers,
      FakeResolver resolver,
      Predicate<String> hasBegun) {
    this.ids = plan.requests().map(Plan.PlannedRequest::id).toList();
    this.servers = servers;
    this.resolver = resolver;
    this.hasBegun = hasBegun;
  }

  /** {@return the hook of an event that is not told, or not when it happens; otherwise null} */
  static @Nullable Hook toldLate(String prefix, HookSupport support) {
    String name = prefix.substring(prefix.indexOf('.') + 1).replaceFirst("\\(.*", "");
    return Arrays.stream(Hook.values())
        .filter(hook -> hook.methodName().equals(name) && support.level(hook) != Level.EXACT)
        .findAny()
        .orElse(null);
  }

  /** {@return the request of an event} */
  static String request(String prefix) {
    return prefix.substring(0, prefix.indexOf('.'));
  }

  /** {@return whether an event of a request has happened, or something that comes soon after} */
  boolean shows(String id, Hook hook) {
    int number = ids.indexOf(id) + 1;
    return switch (hook) {
      case GET_CONN, GOT_CONN, CONNECT_START -> hasBegun.test(id);
      case DNS_START -> resolver.lookups().size() >= number;
      case DNS_DONE, CONNECT_DONE, TLS_HANDSHAKE_START -> count(ScriptedServer::accepted) >= number;
      default -> count(server -> server.requests().size()) >= number;
    };
  }

  void await(String id, Hook hook, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!shows(id, hook)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited in vain for the servers to see " + id + "." + hook);
      }
      new Gate().await(LOOK_AGAIN);
    }
  }

  private int count(ToIntFunction<ScriptedServer> what) {
    return servers.stream().mapToInt(what).sum();
  }
}
