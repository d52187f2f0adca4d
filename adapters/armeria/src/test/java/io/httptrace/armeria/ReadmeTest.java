package io.httptrace.armeria;

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
    readme.assertQuotes("ArmeriaSample#program");
  }

  /** The timeline is printed on the event loop, perhaps after the caller has the response. */
  @Test
  void theSamplePrintsWhatItShows() throws InterruptedException {
    try (PathServer site = new PathServer();
        CapturedOutput printed = new CapturedOutput()) {
      ArmeriaSample.run("http://localhost:" + site.port() + "/");
      readme.assertShows(printed.await("]]"), "CONNECT DONE");
    }
  }

  @Test
  void whatIsNotObservableIsSaid() {
    readme.assertNamesWhatIsNotExact(ArmeriaSupports.usual(true), ArmeriaSupports.usual(false));
  }
}
