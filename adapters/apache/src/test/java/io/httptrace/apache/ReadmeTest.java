package io.httptrace.apache;

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
    readme.assertQuotes("ApacheSample#program");
  }

  @Test
  void theSamplePrintsWhatItShows() throws IOException {
    try (PathServer site = new PathServer();
        CapturedOutput printed = new CapturedOutput()) {
      ApacheSample.run("http://localhost:" + site.port() + "/");
      readme.assertShows(printed.text(), "CONNECT DONE");
    }
  }

  @Test
  void whatIsNotObservableIsSaid() {
    readme.assertLevels(ApacheTracing.hookSupport(), "Classic: all exact", "Asynchronous:");
    readme.assertLevels(ApacheTracing.asyncHookSupport(), "Asynchronous:");
  }
}
