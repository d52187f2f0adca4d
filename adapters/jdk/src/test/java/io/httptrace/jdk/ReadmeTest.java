package io.httptrace.jdk;

import io.httptrace.conformance.docs.AdapterReadme;
import io.httptrace.conformance.log.CapturedOutput;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
class ReadmeTest {
  private final AdapterReadme readme = AdapterReadme.of(ReadmeTest.class);

  @Test
  void whatItQuotesIsTheSample() throws IOException {
    readme.assertQuotes("JdkSample#program");
  }

  @Test
  void theSamplePrintsWhatItShows() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try (ScriptedServer server = Servers.answering("hello");
        CapturedOutput printed = new CapturedOutput()) {
      JdkSample.run(client, "http://localhost:" + server.port() + "/");
      readme.assertShows(printed.text(), "DNS DONE", "CONNECT DONE");
    } finally {
      Clients.close(client);
    }
  }

  @Test
  void whatIsNotExactIsSaid() {
    readme.assertNamesWhatIsNotExact(JdkTracing.installed().orElseThrow().hookSupport());
  }
}
