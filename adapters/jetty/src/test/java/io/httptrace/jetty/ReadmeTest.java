package io.httptrace.jetty;

import io.httptrace.conformance.docs.AdapterReadme;
import io.httptrace.conformance.log.CapturedOutput;
import io.httptrace.conformance.server.PathServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
final class ReadmeTest {
  private final AdapterReadme readme = AdapterReadme.of(ReadmeTest.class);

  @Test
  void whatItQuotesIsTheSample() throws IOException {
    readme.assertQuotes("JettySample#program");
  }

  @Test
  void theSamplePrintsWhatItShows() throws Exception {
    try (PathServer site = new PathServer();
        CapturedOutput printed = new CapturedOutput()) {
      JettySample.run("http://localhost:" + site.port() + "/");
      readme.assertShows(printed.text(), "CONNECT DONE");
    }
  }

  @Test
  void whatIsNotObservableIsSaid() {
    readme.assertNamesWhatIsNotExact(
        JettyTracing.hookSupport(), JettyTracing.hookSupportOverHttp2());
  }
}
