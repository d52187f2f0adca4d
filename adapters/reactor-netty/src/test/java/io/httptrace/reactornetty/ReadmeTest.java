package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.docs.AdapterReadme;
import io.httptrace.conformance.log.CapturedOutput;
import io.httptrace.conformance.server.PathServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
final class ReadmeTest {
  private final AdapterReadme readme = AdapterReadme.of(ReadmeTest.class);

  @Test
  void whatItQuotesIsInTheSamples() throws IOException {
    readme.assertQuotes("ReactorSample#program", "WebClientSample#webclient");
  }

  /** The timeline is printed on the event loop, perhaps after the caller has the body. */
  @Test
  void theSamplePrintsWhatItShows() throws InterruptedException {
    try (PathServer site = new PathServer();
        CapturedOutput printed = new CapturedOutput()) {
      ReactorSample.run("http://localhost:" + site.port() + "/");
      readme.assertShows(printed.await("]]"), "CONNECT DONE");
    }
  }

  @Test
  void whatIsNotObservableIsSaid() {
    readme.assertLevels(ReactorNettyTracing.hookSupportOverHttp2(), "Never called:");
    assertThat(readme.text()).contains("Approximate over HTTP/2:");
    for (Hook hook : Hook.values()) {
      Level http2 = ReactorNettyTracing.hookSupportOverHttp2().level(hook);
      assertThat(ReactorNettyTracing.hookSupport().level(hook))
          .as(hook + " over HTTP/1.1")
          .isEqualTo(http2 == Level.APPROXIMATE ? Level.EXACT : http2);
    }
  }
}
