package io.httptrace.conformance.run;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.golden.Plan.PlannedRequest;
import io.httptrace.conformance.log.LoggedEvent;
import io.httptrace.conformance.log.TraceLog;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Checks the hooks that Go does not have, of which there are no recordings, in every scenario.
 *
 * <ul>
 *   <li>There is a {@code roundTripStart} for each {@code getConn}, before it; they are numbered
 *       from 1, only the first has the reason {@code FIRST}, and each has one {@code
 *       roundTripDone}, after the other hooks of its round trip and before the next {@code
 *       roundTripStart}.
 *   <li>A response that the caller gets, and each one that was followed before, has been told by
 *       {@code gotResponse}, after {@code gotFirstResponseByte}.
 *   <li>Each connection to a proxy that opens tunnels has one {@code proxyConnectStart} and one
 *       {@code proxyConnectDone}, after {@code connectDone}, and after the handshake with the proxy
 *       if there is one, and before {@code gotConn} and the handshake with the target.
 *   <li>{@code connWaitStart} comes where a limit of connections makes a request wait, and only
 *       there, between {@code getConn} and {@code gotConn}.
 * </ul>
 */
final class BeyondGo {
  private static final String WAITING = "max-conns-per-host-";

  private final GoldenRecording recording;
  private final HookSupport support;
  private final List<LoggedEvent> events;
  private final List<LoggedEvent> beyond;
  private final List<String> faults = new ArrayList<>();

  private BeyondGo(GoldenRecording recording, HookSupport support, TraceLog log) {
    this.recording = recording;
    this.support = support;
    this.events = log.loggedEvents();
    this.beyond = log.loggedBeyondGo();
  }

  /** {@return the faults, one line for each} */
  static List<String> faults(GoldenRecording recording, HookSupport support, TraceLog log) {
    BeyondGo check = new BeyondGo(recording, support, log);
    check.nothingOfHooksThatAreNeverCalled();
    recording
        .plan()
        .requests()
        .forEach(request -> traces(request).forEach(trace -> check.trace(request.id(), trace)));
    check.tunnels();
    return check.faults;
  }

  /** {@return whether as many round trips have ended as have started, if the client tells both} */
  static boolean isComplete(HookSupport support, TraceLog log) {
    return support.level(Hook.ROUND_TRIP_START) == Level.NEVER
        || support.level(Hook.ROUND_TRIP_DONE) == Level.NEVER
        || all(log.loggedBeyondGo(), "*", Hook.ROUND_TRIP_START).size()
            <= all(log.loggedBeyondGo(), "*", Hook.ROUND_TRIP_DONE).size();
  }

  /** {@return the prefixes of the traces of a request} */
  private static Stream<String> traces(PlannedRequest request) {
    return request.traces() == 1
        ? Stream.of(request.id())
        : IntStream.rangeClosed(1, request.traces()).mapToObj(i -> request.id() + "/t" + i);
  }

  private void nothingOfHooksThatAreNeverCalled() {
    for (Hook hook : Hook.values()) {
      if (!hook.isOfGo() && !isCalled(hook)) {
        all(beyond, "*", hook).forEach(event -> faults.add(event + ": not expected"));
      }
    }
  }

  private void trace(String request, String trace) {
    if (isCalled(Hook.ROUND_TRIP_START)) {
      roundTrips(trace);
    }
    if (isCalled(Hook.GOT_RESPONSE)) {
      responses(request, trace);
    }
    if (isCalled(Hook.CONN_WAIT_START)) {
      boolean waits = recording.name().startsWith(WAITING) && request.equals("r2");
      expect(trace, Hook.CONN_WAIT_START, waits ? 1 : 0);
      inOrder(trace, Hook.GET_CONN, Hook.CONN_WAIT_START, Hook.GOT_CONN);
    }
  }

  private void roundTrips(String trace) {
    List<LoggedEvent> started = all(beyond, trace, Hook.ROUND_TRIP_START);
    for (int i = 0; i < started.size(); i++) {
      String text = started.get(i).text();
      if (!text.contains("roundTripStart(" + (i + 1) + " ")) {
        faults.add(text + ": expected number " + (i + 1));
      }
      if (text.endsWith(" FIRST)") != (i == 0)) {
        faults.add(text + ": expected " + (i == 0 ? "FIRST" : "another reason"));
      }
    }
    inOrder(trace, Hook.ROUND_TRIP_START, Hook.GET_CONN);
    if (isCalled(Hook.ROUND_TRIP_DONE)) {
      expect(trace, Hook.ROUND_TRIP_DONE, started.size());
      for (Hook before : List.of(Hook.GET_CONN, Hook.GOT_CONN, Hook.WROTE_HEADERS)) {
        inOrder(trace, before, Hook.ROUND_TRIP_DONE);
      }
      List<LoggedEvent> ended = all(beyond, trace, Hook.ROUND_TRIP_DONE);
      for (int i = 1; i < started.size() && i <= ended.size(); i++) {
        order(ended.get(i - 1), Hook.ROUND_TRIP_DONE, started.get(i), Hook.ROUND_TRIP_START);
      }
    }
    int expected = all(events, trace, Hook.GET_CONN).size();
    if (isCalled(Hook.GET_CONN) && expected != started.size()) {
      faults.add(
          trace + ".roundTripStart: expected " + expected + " as of getConn, but was " + started);
    }
  }

  private void responses(String request, String trace) {
    List<LoggedEvent> told = all(beyond, trace, Hook.GOT_RESPONSE);
    int roundTrips = all(beyond, trace, Hook.ROUND_TRIP_START).size();
    if (isCalled(Hook.ROUND_TRIP_START) && told.size() > roundTrips) {
      faults.add(trace + ".gotResponse: expected at most " + roundTrips + ", but was " + told);
    }
    String prefix = request + ".roundTripReturned(";
    for (LoggedEvent returned : events) {
      if (returned.text().startsWith(prefix) && !returned.text().startsWith(prefix + "err=")) {
        String response = returned.text().substring(prefix.length()).replace("HTTP/2.0", "HTTP/2");
        String expected = trace + ".gotResponse(" + response;
        LoggedEvent last = told.isEmpty() ? null : told.get(told.size() - 1);
        boolean right =
            last != null
                && (isApproximate(Hook.GOT_RESPONSE) || last.text().equals(expected))
                && isBefore(last, Hook.GOT_RESPONSE, returned);
        if (!right) {
          faults.add(expected + ": expected before " + returned + ", but was " + told);
        }
        int begun = all(events, trace, Hook.GOT_FIRST_RESPONSE_BYTE).size();
        if (told.size() < begun) {
          faults.add(trace + ".gotResponse: expected " + begun + ", but was " + told);
        }
      }
    }
    inOrder(trace, Hook.GOT_FIRST_RESPONSE_BYTE, Hook.GOT_RESPONSE);
    inOrder(trace, Hook.GOT_RESPONSE, Hook.ROUND_TRIP_DONE);
  }

  private void tunnels() {
    if (!isCalled(Hook.PROXY_CONNECT_START)) {
      return;
    }
    int expected = expectedTunnels();
    List<LoggedEvent> started = all(beyond, "*", Hook.PROXY_CONNECT_START);
    if (started.size() != expected) {
      faults.add("proxyConnectStart: expected " + expected + ", but was " + started);
    }
    started.stream()
        .map(start -> start.text().substring(0, start.text().indexOf('.')))
        .distinct()
        .forEach(this::tunnels);
  }

  private void tunnels(String trace) {
    expect(trace, Hook.PROXY_CONNECT_DONE, all(beyond, trace, Hook.PROXY_CONNECT_START).size());
    inOrder(
        trace, Hook.CONNECT_DONE, Hook.PROXY_CONNECT_START, Hook.PROXY_CONNECT_DONE, Hook.GOT_CONN);
    String proxy = recording.plan().config().proxy();
    if (proxy != null && proxy.startsWith("https:")) {
      inOrder(trace, Hook.TLS_HANDSHAKE_DONE, Hook.PROXY_CONNECT_START);
    } else {
      inOrder(trace, Hook.PROXY_CONNECT_DONE, Hook.TLS_HANDSHAKE_START);
    }
    List<LoggedEvent> ended = all(beyond, trace, Hook.PROXY_CONNECT_DONE);
    if (all(events, trace, Hook.GOT_CONN).size() >= ended.size()) {
      ended.stream()
          .filter(end -> !end.text().endsWith(" err=none)"))
          .forEach(end -> faults.add(end + ": expected err=none, as of gotConn"));
    }
  }

  private int expectedTunnels() {
    String proxy = recording.plan().config().proxy();
    boolean tunnel =
        proxy != null
            && (proxy.startsWith("socks")
                || recording.plan().requests().anyMatch(r -> r.url().startsWith("https:")));
    List<Integer> accepted = recording.invariants().servers().get("accept proxy");
    return tunnel && accepted != null ? accepted.get(0) : 0;
  }

  /**
   * Checks the order of hooks that come once each in a round trip or a dial: each of the one before
   * the same of the other if they are called equally often, or else the first of the one before the
   * last of the other.
   */
  private void inOrder(String trace, Hook... hooks) {
    for (int i = 1; i < hooks.length; i++) {
      inOrder(trace, hooks[i - 1], hooks[i]);
    }
  }

  private void inOrder(String trace, Hook first, Hook second) {
    List<LoggedEvent> before = all(first.isOfGo() ? events : beyond, trace, first);
    List<LoggedEvent> after = all(second.isOfGo() ? events : beyond, trace, second);
    if (before.isEmpty() || after.isEmpty()) {
      return;
    }
    if (before.size() != after.size()) {
      order(before.get(0), first, after.get(after.size() - 1), second);
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      order(before.get(i), first, after.get(i), second);
    }
  }

  private void order(LoggedEvent one, Hook first, LoggedEvent other, Hook second) {
    if (isApproximate(first) || isApproximate(second)) {
      return;
    }
    boolean byStamps =
        support.level(first) == Level.STAMPED || support.level(second) == Level.STAMPED;
    long between = byStamps ? other.happened() - one.happened() : other.logged() - one.logged();
    if (between < 0) {
      faults.add("expected " + one + " < " + other + ", but it was the other way round");
    }
  }

  private boolean isBefore(LoggedEvent event, Hook hook, LoggedEvent mark) {
    return switch (support.level(hook)) {
      case EXACT -> mark.logged() - event.logged() >= 0;
      case STAMPED -> mark.logged() - event.happened() >= 0;
      default -> true;
    };
  }

  private void expect(String trace, Hook hook, int count) {
    List<LoggedEvent> seen = all(beyond, trace, hook);
    if (seen.size() != count) {
      faults.add(trace + "." + hook + ": expected " + count + ", but was " + seen);
    }
  }

  private boolean isCalled(Hook hook) {
    return support.level(hook) != Level.NEVER;
  }

  private boolean isApproximate(Hook hook) {
    return support.level(hook) == Level.APPROXIMATE;
  }

  /** {@return the events of a hook, of one trace or of all} */
  private static List<LoggedEvent> all(List<LoggedEvent> of, String trace, Hook hook) {
    return of.stream()
        .filter(
            event -> {
              int dot = event.text().indexOf('.');
              String name = event.text().substring(dot + 1).replaceFirst("\\(.*", "");
              return dot > 0
                  && name.equals(hook.methodName())
                  && (trace.equals("*") || event.text().substring(0, dot).equals(trace));
            })
        .toList();
  }
}
