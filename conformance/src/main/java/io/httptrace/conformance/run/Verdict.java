package io.httptrace.conformance.run;

import io.httptrace.HookSupport;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.golden.GoldenCheck;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.log.TraceLog;
import io.httptrace.conformance.server.ScriptedServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with a run that is over, and how it is shown. */
final class Verdict {
  private final ClientUnderTest client;
  private final GoldenRecording recording;
  private final GoldenCheck check;
  private final TraceLog log;
  private final Map<String, ScriptedServer> servers;

  /**
   * Makes one for a run.
   *
   * @param servers the servers of the run by name, which may still be added
   */
  Verdict(
      ClientUnderTest client,
      GoldenRecording recording,
      GoldenCheck check,
      TraceLog log,
      Map<String, ScriptedServer> servers) {
    this.client = client;
    this.recording = recording;
    this.check = check;
    this.log = log;
    this.servers = servers;
  }

  /** {@return how well the client reports the hooks over the protocol of a recording} */
  static HookSupport support(ClientUnderTest client, GoldenRecording recording) {
    return recording.isHttp2() ? client.supportOverHttp2() : client.support();
  }

  List<String> violations() {
    HookSupport support = support(client, recording);
    List<String> violations = new ArrayList<>(check.violations(log.loggedEvents(), counts()));
    violations.addAll(BeyondGo.faults(recording, support, log));
    violations.addAll(Timelines.faults(recording, support, log));
    for (HookSupport carried : log.supports()) {
      if (!carried.equals(client.support()) && !carried.equals(client.supportOverHttp2())) {
        violations.add("roundTripStart carries " + carried + ", which is not what is declared");
      }
    }
    servers.values().forEach(server -> violations.addAll(server.problems()));
    return violations;
  }

  /** {@return the claims of the client without which the recording would not have been met} */
  Set<Claim> neededClaims() {
    List<Claim> claims = Claim.of(client);
    Set<Claim> needed = new LinkedHashSet<>();
    for (Claim claim : claims) {
      if (claim.concerns(recording.name()) && !isMetWithout(claim, claims)) {
        needed.add(claim);
      }
    }
    return needed;
  }

  private boolean isMetWithout(Claim one, List<Claim> claims) {
    List<Claim> others = new ArrayList<>(claims);
    others.remove(one);
    try {
      return Claim.check(recording, support(client, recording), others)
          .violations(log.loggedEvents(), counts())
          .isEmpty();
    } catch (IllegalArgumentException noSuchEvent) {
      return false; // Another change changes what this one has made.
    }
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    servers.forEach(
        (name, server) -> {
          counts.put("accept " + name, server.accepted());
          counts.put("request " + name, server.requests().size());
          counts.merge("socks-addr name", server.namesAsked().size(), Integer::sum);
        });
    return counts;
  }

  String report(List<String> faults) {
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
}
