package io.httptrace.conformance.scenarios;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Gate;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.golden.GoldenCheck;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.golden.Plan.PlannedRequest;
import io.httptrace.conformance.golden.ProjectDeviations;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.log.TraceLog;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario. The scenario's method sets up servers, says what waits for what, and calls
 * {@link #check()}, which does the plan of the recording and compares what happened.
 */
public final class Run {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration WITHOUT_HOOK = Duration.ofMillis(300);

  private final ClientUnderTest client;
  private final GoldenRecording recording;
  private final LeakGuard guard;
  private final TraceLog log;
  private final GoldenCheck check;
  private final Map<String, ScriptedServer> servers = new LinkedHashMap<>();
  private final Map<String, Cue> starts = new LinkedHashMap<>();
  private final Map<String, Gate> bodyGates = new ConcurrentHashMap<>();
  private final Progress progress = new Progress();
  private final Ushers ushers = new Ushers();
  private final PlannedNames names;
  private final ClientSettings.Builder settings;
  private Duration patience = Duration.ofSeconds(5);
  private @Nullable Cue insteadOfSleep;
  private @Nullable PlanRunner runner;

  Run(ClientUnderTest client, GoldenRecording recording, LeakGuard guard) {
    this.client = client;
    this.recording = recording;
    this.guard = guard;
    log = new TraceLog(client.errors());
    List<Deviation> deviations = new ArrayList<>(ProjectDeviations.all());
    deviations.addAll(client.deviations());
    check = GoldenCheck.of(recording, deviations, absentHooks(client));
    names = new PlannedNames(recording.plan());
    settings = PlannedSettings.of(recording.plan());
  }

  static List<String> absentHooks(ClientUnderTest client) {
    return client.capabilities().absent().keySet().stream()
        .map(Capability::hook)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Starts a server on 127.0.0.1.
   *
   * @param name its name in the recording
   * @param scripts what it does, one script for each connection
   * @return the server
   */
  public ScriptedServer server(String name, ConnectionScript... scripts) {
    return server(ScriptedServer.builder(name).connections(scripts));
  }

  /**
   * Starts a server.
   *
   * @param builder the server; its name is that in the recording
   * @return the server
   */
  public ScriptedServer server(ScriptedServer.Builder builder) {
    ScriptedServer server = guard.watch(builder.start());
    servers.put(server.name(), server);
    log.namePort(server.name(), server.port());
    return server;
  }

  /**
   * Changes settings of the client beyond what the plan says.
   *
   * @param change the change
   * @return this
   */
  public Run settings(Consumer<ClientSettings.Builder> change) {
    change.accept(settings);
    return this;
  }

  /**
   * Lets a request of several that run together begin only on a cue.
   *
   * @param id the request
   * @param cue what it waits for
   * @return this
   */
  public Run startWhen(String id, Cue cue) {
    starts.put(id, cue);
    return this;
  }

  /**
   * Cancels a request on a cue.
   *
   * @param id the request
   * @param cue what to wait for
   * @return this
   */
  public Run cancelWhen(String id, Cue cue) {
    ushers.post(
        "who cancels " + id,
        cue,
        () -> {
          if (runner == null) {
            throw new AssertionError("nothing runs");
          }
          runner.cancel(id);
        });
    return this;
  }

  /**
   * Lets the body of a request, which pauses by its plan, go on on a cue.
   *
   * @param id the request
   * @param cue what to wait for
   * @return this
   */
  public Run resumeBodyWhen(String id, Cue cue) {
    ushers.post("who resumes " + id, cue, bodyGate(id)::open);
    return this;
  }

  /**
   * Lets the lookup that is answered late by the plan be answered on a cue.
   *
   * @param cue what to wait for
   * @return this
   */
  public Run answerLookupWhen(Cue cue) {
    ushers.post("who answers the lookup", cue, names.held()::open);
    return this;
  }

  /**
   * Waits for a cue where the plan has a pause of some length.
   *
   * @param cue what to wait for
   * @return this
   */
  public Run insteadOfSleep(Cue cue) {
    insteadOfSleep = cue;
    return this;
  }

  /** How long to wait for events that have not come when the plan is done. */
  void patience(Duration time) {
    patience = time;
  }

  /**
   * {@return the cue that an event has happened} If the client does not have that hook the cue is a
   * short time.
   *
   * @param prefix what the event begins with, such as {@code r1.wroteRequest}
   */
  public Cue seen(String prefix) {
    String hook = prefix.substring(prefix.indexOf('.') + 1);
    if (absentHooks(client).contains(hook)) {
      return () -> new Gate().await(WITHOUT_HOOK);
    }
    return () -> {
      if (!log.awaitEvent(prefix, LIMIT)) {
        throw new AssertionError("waited in vain for " + prefix);
      }
    };
  }

  /**
   * {@return the cue that a little time has passed} For what no event shows: that a request which
   * is about to queue has queued.
   */
  public static Cue shortly() {
    return () -> new Gate().await(SHORT);
  }

  /**
   * {@return the cue that a gate is open}
   *
   * @param gate the gate
   */
  public static Cue open(Gate gate) {
    return () -> {
      if (!gate.await(LIMIT)) {
        throw new AssertionError("waited in vain at a gate");
      }
    };
  }

  /**
   * {@return the cue that the caller has read so much of a response body}
   *
   * @param id the request
   * @param bytes how many bytes
   */
  public Cue read(String id, long bytes) {
    return () -> {
      if (!progress.await(id, bytes, LIMIT)) {
        throw new AssertionError("waited in vain for " + id + " to read " + bytes + " bytes");
      }
    };
  }

  /**
   * Does the plan and compares what happened with the recording.
   *
   * @throws Exception if the client cannot be opened or closed, or the thread is interrupted
   */
  public void check() throws Exception {
    List<String> faults = new ArrayList<>();
    if (recording.plan().dns() != null) {
      settings.names(names.resolver());
    }
    String proxy = recording.plan().config().proxy();
    if (proxy != null) {
      settings.proxy(uri(proxy));
    }
    OpenClient open = client.open(settings.build());
    try {
      runner = new PlanRunner(open, this::exchange, starts, insteadOfSleep);
      ushers.start();
      runner.run(recording.plan());
      log.await(check::complete, patience);
      awaitRequests();
      log.mark("done");
    } catch (AssertionError e) {
      faults.add(String.valueOf(e.getMessage()));
    } finally {
      faults.addAll(ushers.dismiss());
      faults.addAll(Closing.within(LIMIT, open));
    }
    awaitEnds();
    faults.addAll(violations());
    if (!faults.isEmpty()) {
      throw new AssertionError(report(faults));
    }
  }

  private List<String> violations() {
    List<String> violations = new ArrayList<>(check.violations(log.events(), serverCounts()));
    if (client.capabilities().has(Capability.ROUND_TRIP_HOOKS)) {
      violations.addAll(RoundTrips.faults(log));
    }
    servers.values().forEach(server -> violations.addAll(server.problems()));
    return violations;
  }

  private String report(List<String> faults) {
    StringBuilder text = new StringBuilder();
    text.append(recording.name()).append(": ").append(recording.description()).append('\n');
    faults.forEach(fault -> text.append("- ").append(fault).append('\n'));
    text.append("log:\n").append(log);
    for (ScriptedServer server : servers.values()) {
      text.append(server).append('\n');
      server.notes().forEach(note -> text.append("  ").append(note).append('\n'));
    }
    return text.toString();
  }

  private Map<String, Integer> serverCounts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    servers.forEach(
        (name, server) -> {
          counts.put("accept " + name, server.accepted());
          counts.put("request " + name, server.requests().size());
          counts.merge("socks-addr name", server.namesAsked().size(), Integer::sum);
        });
    return counts;
  }

  /** What a client has written may still be on its way to a server when the client is done. */
  private void awaitRequests() throws InterruptedException {
    for (var entry : recording.invariants().servers().entrySet()) {
      String[] what = entry.getKey().split(" ", 2);
      ScriptedServer server = servers.get(what[1]);
      if (what[0].equals("request") && server != null) {
        server.awaitRequests(entry.getValue().get(0));
      }
    }
  }

  private void awaitEnds() throws InterruptedException {
    for (ScriptedServer server : servers.values()) {
      for (var connection : server.openConnections()) {
        connection.over().await(patience);
      }
    }
  }

  private Exchange exchange(OpenClient open, PlannedRequest plan) {
    return new Exchange(
        plan, uri(plan.url()), open, log.request(plan.id()), progress, bodyGate(plan.id()));
  }

  private Gate bodyGate(String id) {
    return bodyGates.computeIfAbsent(id, unused -> new Gate());
  }

  private URI uri(String template) {
    String url = template;
    for (ScriptedServer server : servers.values()) {
      url = url.replace("{port:" + server.name() + "}", String.valueOf(server.port()));
    }
    return URI.create(url);
  }
}
