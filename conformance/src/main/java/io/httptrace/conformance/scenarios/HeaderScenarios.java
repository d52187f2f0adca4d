package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;

/** The fields of requests: the hooks report the fields that are sent. */
final class HeaderScenarios {
  @Scenario("header-user-agent")
  void callersUserAgentReplacesTheClients(Run run) throws Exception {
    ReceivedRequestHead head = headOf(run);
    assertThat(head.values("user-agent")).containsExactly("client/1");
    assertThat(head.values("accept-encoding")).containsExactly("identity");
    assertThat(head.values("accept")).containsExactly("text/plain");
  }

  @Scenario("host-header-override")
  void hostCanDifferFromTheUrl(Run run) throws Exception {
    assertThat(headOf(run).values("host")).containsExactly("other.test");
  }

  @Scenario("multi-value-headers")
  void valuesOfOneFieldAreReportedTogether(Run run) throws Exception {
    ReceivedRequestHead head = headOf(run);
    assertThat(String.join(", ", head.values("x-multi"))).isEqualTo("one, two");
    assertThat(head.values("x-single")).containsExactly("s");
  }

  private static ReceivedRequestHead headOf(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.of(HELLO));
    run.check();
    return origin.requests().get(0);
  }
}
