package io.httptrace.conformance.run;

import static java.util.Objects.requireNonNull;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.golden.GoldenCheck;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.golden.Plan.PlannedRequest;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.log.TraceLog;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.GrowingLimit;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario. The scenario's method sets up servers, sets what waits for what, and calls
 * {@link #check()}, which runs the plan of the recording and compares the events.
 */
public final class Run {
  private final ClientUnderTest client;
  private final GoldenRecording recording;
  private final LeakGuard guard;
  private final TraceLog log;
  private final HookSupport support;
  private final GoldenCheck check;
  private final OutsideView outside;
  private final Verdict verdict;
  private final Map<String, ScriptedServer> servers = new LinkedHashMap<>();
  private final Map<String, Cue> starts = new LinkedHashMap<>();
  private final Map<String, Gate> bodyGates = new ConcurrentHashMap<>();
  private final Findings findings;
  private final Progress progress = new Progress();
  private final CueThreads cueThreads = new CueThreads();
  private final PlannedNames names;
  private final ClientSettings.Builder settings;
  private Duration patience = Waiting.LIMIT;
  private Duration patienceWithConnections = Waiting.LIMIT;
  private @Nullable Duration timeLimit;
  private @Nullable Cue insteadOfSleep;
  private @Nullable PlanRunner runner;

  /**
   * Prepares a run.
   *
   * @param client the client
   * @param recording the recording that it plays
   * @param guard looks for what it leaves behind
   */
  public Run(ClientUnderTest client, GoldenRecording recording, LeakGuard guard) {
    this(client, recording, guard, new Findings());
  }

  private Run(
      ClientUnderTest client, GoldenRecording recording, LeakGuard guard, Findings findings) {
    this.findings = findings;
    this.client = client;
    this.recording = recording;
    this.guard = guard;
    log = new TraceLog(client.errors());
    support = Verdict.support(client, recording);
    check = Claim.check(recording, support, Claim.of(client));
    verdict = new Verdict(client, recording, check, log, servers);
    names = new PlannedNames(recording.plan());
    outside = new OutsideView(recording.plan(), servers.values(), names.resolver(), this::hasBegun);
    settings = PlannedSettings.of(recording.plan());
  }

  /**
   * Starts a server on 127.0.0.1.
   *
   * @param name its name in the recording
   * @param scripts its scripts, one for each connection
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
   * Lets one of several parallel requests begin only on a cue.
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
    cueThreads.post(
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
   * Resumes the body of a request, which pauses by its plan, on a cue.
   *
   * @param id the request
   * @param cue what to wait for
   * @return this
   */
  public Run resumeBodyWhen(String id, Cue cue) {
    cueThreads.post("who resumes " + id, cue, bodyGate(id)::open);
    return this;
  }

  /**
   * Answers the lookup that the plan answers late on a cue.
   *
   * @param cue what to wait for
   * @return this
   */
  public Run answerLookupWhen(Cue cue) {
    cueThreads.post("who answers the lookup", cue, names.held()::open);
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

  /**
   * Like {@link #check()}, but with another time limit in place of the plan's: one that runs out
   * after an event of a request, and longer ones if it ran out too early.
   *
   * @param prefix the prefix of the event, such as {@code r1.wroteRequest}
   * @param setUp sets up a run
   * @throws Exception if the client cannot be opened or closed, or the thread is interrupted
   */
  public void checkTimeIsUpAfter(String prefix, Consumer<Run> setUp) throws Exception {
    var unused =
        GrowingLimit.of(
            limit -> {
              Run timed = new Run(client, recording, guard, findings);
              timed.timeLimit = limit;
              timed.patience = patience;
              timed.patienceWithConnections = patienceWithConnections;
              setUp.accept(timed);
              return timed.did(() -> timed.has(prefix)) ? timed : null;
            });
  }

  /** {@return what has been found in a run that was checked} */
  public Findings findings() {
    return findings;
  }

  private boolean hasBegun(String id) {
    PlanRunner begun = runner;
    return begun != null && begun.hasBegun(id);
  }

  private boolean has(String prefix) {
    Hook late = OutsideView.toldLate(prefix, support);
    return late != null
        ? outside.shows(OutsideView.request(prefix), late)
        : log.events().stream().anyMatch(event -> event.startsWith(prefix));
  }

  /** Sets how long to wait for each connection to end when the client is closed. */
  void patienceWithConnections(Duration time) {
    patienceWithConnections = time;
  }

  /**
   * Sets how long to wait for events that do not come, and for connections that do not end.
   *
   * @param time how long; {@link Waiting#LIMIT} if it is not set
   */
  public void patience(Duration time) {
    patience = requireNonNull(time, "time");
    patienceWithConnections = time;
  }

  /**
   * {@return the cue that an event has happened} If the client does not tell it when it happens,
   * the cue is what the servers see of it.
   *
   * @param prefix the prefix of the event, such as {@code r1.wroteRequest}
   */
  public Cue seen(String prefix) {
    Hook late = OutsideView.toldLate(prefix, support);
    if (late != null) {
      return () -> outside.await(OutsideView.request(prefix), late, patience);
    }
    return () -> {
      if (!log.awaitEvent(prefix, patience)) {
        throw new AssertionError("waited in vain for " + prefix);
      }
    };
  }

  /**
   * {@return the cue that the caller of a request is waiting} For a state without an event: that a
   * request has been queued.
   *
   * @param id the request
   */
  public Cue waits(String id) {
    return () -> {
      PlanRunner begun = runner;
      if (begun == null || !begun.awaitCallerWaits(id)) {
        throw new AssertionError(id + " does not come to wait");
      }
    };
  }

  /**
   * {@return the cue that a gate is open}
   *
   * @param gate the gate
   */
  public static Cue open(Gate gate) {
    return () -> {
      if (!gate.await(Waiting.LIMIT)) {
        throw new AssertionError("waited in vain at a gate");
      }
    };
  }

  /**
   * {@return the cue that the caller has read so many bytes of a response body}
   *
   * @param id the request
   * @param bytes how many bytes
   */
  public Cue read(String id, long bytes) {
    return () -> {
      if (!progress.await(id, bytes, Waiting.LIMIT)) {
        throw new AssertionError("waited in vain for " + id + " to read " + bytes + " bytes");
      }
    };
  }

  /**
   * Runs the plan and compares the events with the recording.
   *
   * @throws Exception if the client cannot be opened or closed, or the thread is interrupted
   */
  public void check() throws Exception {
    did(() -> true);
  }

  /** {@return whether the plan could be checked: not if its time limit ran out too early} */
  private boolean did(BooleanSupplier inTime) throws Exception {
    List<String> faults = new ArrayList<>();
    boolean got = false;
    Duration limit = timeLimit;
    if (limit != null && recording.plan().config().dialTimeoutMs() != null) {
      settings.connectTimeout(limit);
    }
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
      cueThreads.start();
      runner.run(recording.plan());
      got = inTime.getAsBoolean();
      if (got && log.await(check::complete, patience)) {
        log.await(unused -> BeyondGo.isComplete(support, log), patience);
        awaitRequests();
      }
      log.mark("done");
    } catch (AssertionError e) {
      faults.add(String.valueOf(e.getMessage()));
    } finally {
      faults.addAll(cueThreads.dismiss());
      faults.addAll(Closing.within(Waiting.LIMIT, open));
    }
    if (!got && faults.isEmpty()) {
      return false;
    }
    awaitEnds();
    faults.addAll(verdict.violations());
    if (!faults.isEmpty()) {
      throw new AssertionError(verdict.report(faults));
    }
    findings.add(log.hooks(), verdict.neededClaims());
    return true;
  }

  /** Waits for the servers: bytes of the client may still be on their way when it is done. */
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
        connection.over().await(patienceWithConnections);
      }
    }
  }

  private PlannedExchange exchange(OpenClient open, PlannedRequest plan) {
    PlannedRequest timed = timeLimit == null ? plan : plan.withTimeout(timeLimit);
    return new PlannedExchange(
        timed, uri(plan.url()), open, log.request(plan.id()), progress, bodyGate(plan.id()));
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
