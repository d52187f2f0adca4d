package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Cue;
import io.httptrace.conformance.run.Run;

/** Looking up names. */
public abstract class DnsScenarios extends Scenarios {

  /** For subclasses. */
  protected DnsScenarios() {}

  @Scenario("dns-name")
  final void reusedConnectionNeedsNoLookup(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO, HELLO));
    run.check();
  }

  @Scenario("ip-literal")
  final void literalNeedsNoLookup(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO));
    run.check();
  }

  @Scenario("dns-two-addrs")
  final void firstAddressThatAnswersIsTaken(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO));
    run.check();
  }

  @Scenario("dns-nxdomain")
  final void nameThatDoesNotExist(Run run) throws Exception {
    run.server("origin");
    run.check();
  }

  @Scenario("dns-servfail")
  final void nameServerThatFails(Run run) throws Exception {
    run.server("origin");
    run.check();
  }

  @Scenario("dns-timeout")
  final void lookupThatHangsEndsWithTheConnectTimeout(Run run) throws Exception {
    run.checkTimeIsUpAfter("r1.dnsStart", timed -> timed.server("origin"));
  }

  @Scenario(value = "dns-canceled", needs = Capability.DNS_START)
  final void lookupThatHangsEndsWhenTheRequestIsCancelled(Run run) throws Exception {
    run.server("origin");
    run.check();
  }

  @Scenario(value = "dns-coalesced", needs = Capability.COALESCED_LOOKUPS)
  final void concurrentLookupsOfOneNameAreShared(Run run) throws Exception {
    run.startWhen("r2", run.seen("r1.dnsStart"));
    run.answerLookupWhen(run.seen("r2.dnsStart").and(run.waits("r2")));
    Cue bothWritten = run.seen("r1.wroteRequest").and(run.seen("r2.wroteRequest"));
    run.server("origin", Answers.after(bothWritten, HELLO), Answers.after(bothWritten, HELLO));
    run.check();
  }
}
