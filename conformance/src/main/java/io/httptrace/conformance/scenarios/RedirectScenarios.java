package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;
import static io.httptrace.conformance.scenarios.Answers.head;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Run;

/**
 * Redirects that are followed: the hooks run again for each round trip (RFC 9110, section 15.4).
 */
final class RedirectScenarios {
  @Scenario(value = "redirect-302-same-host", needs = Capability.RELEASE_BEFORE_REDIRECT)
  void sameHostIsReachedOnTheSameConnection(Run run) throws Exception {
    run.server("origin", Answers.of(redirect("302 Found", "/final"), HELLO));
    run.check();
  }

  @Scenario(value = "redirect-302-cross-host", needs = Capability.REDIRECTS_TO_OTHER_HOSTS)
  void anotherHostTakesAnotherConnection(Run run) throws Exception {
    int second = run.server("second", Answers.of(HELLO)).port();
    run.server("origin", Answers.of(redirect("302 Found", "http://b.test:" + second + "/final")));
    run.check();
  }

  @Scenario(value = "redirect-303-post", needs = Capability.RELEASE_BEFORE_REDIRECT)
  void postBecomesGet(Run run) throws Exception {
    run.server("origin", Answers.of(redirect("303 See Other", "/final"), HELLO));
    run.check();
  }

  private static String redirect(String status, String location) {
    return head("HTTP/1.1 " + status, "Location: " + location, "Content-Length: 0");
  }
}
