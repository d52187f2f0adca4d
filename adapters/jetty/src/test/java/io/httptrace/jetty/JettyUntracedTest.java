package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.Test;

/** Which requests are remembered. */
final class JettyUntracedTest {
  private final HttpClient client = new HttpClient();
  private final JettyUntraced untraced = new JettyUntraced();

  @Test
  void theLastOneIsAlwaysKnownAndOthersNever() {
    List<Request> all = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      Request request = client.newRequest("http://a.test/");
      assertThat(untraced.has(request)).isFalse();
      untraced.add(request);
      assertThat(untraced.has(request)).isTrue();
      all.add(request);
    }

    assertThat(all.stream().filter(untraced::has).count()).isBetween(1L, 1024L);
  }
}
