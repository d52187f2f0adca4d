package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;

import io.httptrace.Hook;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Cue;
import io.httptrace.conformance.run.Run;

/** Looking up names. */
final class DnsScenarios {
  @Scenario("dns-name")
  void reusedConnectionNeedsNoLookup(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO, HELLO));
    run.check();
  }

  @Scenario("ip-literal")
  void literalNeedsNoLookup(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO));
    run.check();
  }

  @Scenario("dns-two-addrs")
  void firstAddressThatAnswersIsTaken(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO));
    run.check();
  }

  @Scenario("dns-nxdomain")
  void nameThatDoesNotExist(Run run) throws Exception {
    run.server("origin");
    run.check();
  }

  @Scenario("dns-servfail")
  void nameServerThatFails(Run run) throws Exception {
    run.server("origin");
    run.check();
  }

  @Scenario(value = "dns-timeout", needs = Capability.INTERRUPTIBLE_LOOKUP)
  void lookupThatHangsEndsWithTheConnectTimeout(Run run) throws Exception {
    run.checkTimeIsUpAfter("r1.dnsStart", timed -> timed.server("origin"));
  }

  @Scenario(value = "dns-canceled", needs = Capability.INTERRUPTIBLE_LOOKUP)
  void lookupThatHangsEndsWhenTheRequestIsCancelled(Run run) throws Exception {
    run.server("origin");
    run.check();
  }

  @Scenario(value = "dns-coalesced", needs = Capability.COALESCED_LOOKUPS, hooks = Hook.DNS_START)
  void concurrentLookupsOfOneNameAreShared(Run run) throws Exception {
    run.startWhen("r2", run.seen("r1.dnsStart"));
    run.answerLookupWhen(run.seen("r2.dnsStart").and(run.waits("r2")));
    Cue bothWritten = run.seen("r1.wroteRequest").and(run.seen("r2.wroteRequest"));
    run.server("origin", Answers.after(bothWritten, HELLO), Answers.after(bothWritten, HELLO));
    run.check();
  }
}
