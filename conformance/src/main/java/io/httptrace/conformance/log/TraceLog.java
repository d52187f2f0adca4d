package io.httptrace.conformance.log;

import static java.util.Objects.requireNonNull;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All events of a run, in the order in which they happened: the hooks of every request, and marks
 * for what the caller sees. An event is a string, such as {@code r1.gotConn(reused=false
 * wasIdle=false idleTime>0=false)}; the recordings use the same notation.
 *
 * <p>Safe for use by several threads. A hook is recorded while it runs, so that everything that the
 * client does after the hook comes after it in the log.
 */
public final class TraceLog {
  private static final Pattern PORT = Pattern.compile(":(\\d+)(?!\\d)");

  private final ErrorClassifier errors;
  private final Map<Integer, String> ports = new LinkedHashMap<>();
  private final Set<Hook> hooks = EnumSet.noneOf(Hook.class);
  private final Map<String, TraceRecorder> recorders = new LinkedHashMap<>();
  private final Set<HookSupport> supports = new HashSet<>();
  private final List<LoggedEvent> events = new ArrayList<>();
  private final List<LoggedEvent> beyondGo = new ArrayList<>();

  /**
   * Makes an empty log.
   *
   * @param errors maps errors to words
   */
  public TraceLog(ErrorClassifier errors) {
    this.errors = requireNonNull(errors, "errors");
  }

  /**
   * From now on writes a port as {@code {port:name}}.
   *
   * @param name the name of the server
   * @param port its port
   */
  public synchronized void namePort(String name, int port) {
    ports.put(port, name);
  }

  /**
   * {@return the log of the hooks and marks of a request}
   *
   * @param id the name of the request, such as {@code r1}
   */
  public RequestLog request(String id) {
    return new RequestLog(this, id);
  }

  /** {@return the events of Go's hooks, and the marks} */
  public synchronized List<String> events() {
    return events.stream().map(LoggedEvent::text).toList();
  }

  /** {@return the same events as {@link #events()}, with their times} */
  public synchronized List<LoggedEvent> loggedEvents() {
    return List.copyOf(events);
  }

  /** {@return the events of hooks that Go does not have} */
  public synchronized List<String> beyondGo() {
    return beyondGo.stream().map(LoggedEvent::text).toList();
  }

  /** {@return the same events as {@link #beyondGo()}, with their times} */
  public synchronized List<LoggedEvent> loggedBeyondGo() {
    return List.copyOf(beyondGo);
  }

  /** {@return the hooks that have been called} */
  public synchronized Set<Hook> hooks() {
    return hooks.isEmpty() ? Set.of() : EnumSet.copyOf(hooks);
  }

  /** {@return what the client has said of its hooks at the start of round trips, if it has} */
  public synchronized Set<HookSupport> supports() {
    return Set.copyOf(supports);
  }

  /**
   * {@return what a recorder has made of the events, by the request or, of several traces, by it}
   */
  public synchronized Map<String, List<Timeline>> timelines() {
    Map<String, List<Timeline>> timelines = new LinkedHashMap<>();
    recorders.forEach((trace, recorder) -> timelines.put(trace, recorder.timelines()));
    return timelines;
  }

  synchronized void addRecorder(String trace, TraceRecorder recorder) {
    recorders.put(trace, recorder);
  }

  synchronized void called(Hook hook) {
    hooks.add(hook);
  }

  synchronized void supports(HookSupport support) {
    supports.add(support);
  }

  /**
   * Adds a mark that belongs to no request.
   *
   * @param event the event
   */
  public void mark(String event) {
    add(event);
  }

  /**
   * Waits until a condition on the events holds.
   *
   * @param condition the condition; it must be quick
   * @param limit how long at most
   * @return whether it holds
   * @throws InterruptedException if the thread is interrupted
   */
  public synchronized boolean await(Predicate<List<String>> condition, Duration limit)
      throws InterruptedException {
    return Waiting.until(this, () -> condition.test(events()), limit);
  }

  /**
   * Waits until an event has happened.
   *
   * @param prefix the prefix of the event, such as {@code r1.wroteRequest}
   * @param limit how long at most
   * @return whether it has happened
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean awaitEvent(String prefix, Duration limit) throws InterruptedException {
    return await(seen -> seen.stream().anyMatch(e -> e.startsWith(prefix)), limit);
  }

  synchronized void add(String event) {
    events.add(LoggedEvent.now(withPortNames(event)));
    notifyAll();
  }

  synchronized void addBeyondGo(String event) {
    beyondGo.add(LoggedEvent.now(withPortNames(event)));
    notifyAll();
  }

  ErrorClassifier errors() {
    return errors;
  }

  private String withPortNames(String event) {
    Matcher matcher = PORT.matcher(event);
    return matcher.replaceAll(
        found -> {
          String name = ports.get(parse(found.group(1)));
          return Matcher.quoteReplacement(name == null ? found.group() : ":{port:" + name + "}");
        });
  }

  private static int parse(String digits) {
    return digits.length() > 5 ? -1 : Integer.parseInt(digits);
  }

  /** {@return the events, one on each line, and after them those beyond Go} */
  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    events.forEach(e -> text.append("  ").append(e).append('\n'));
    if (!beyondGo.isEmpty()) {
      text.append("beyond Go:\n");
      beyondGo.forEach(e -> text.append("  ").append(e).append('\n'));
    }
    return text.toString();
  }
}
