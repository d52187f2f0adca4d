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
  void eachIsKnownUntilItIsRemoved() {
    List<Request> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Request request = client.newRequest("http://a.test/");
      untraced.add(request);
      all.add(request);
    }

    assertThat(all).allMatch(untraced::has);
    all.forEach(untraced::remove);
    assertThat(all).noneMatch(untraced::has);
  }

  @Test
  void theLastOneIsKnownHoweverManyThereAre() {
    for (int i = 0; i < 3 * JettyUntraced.SIZE; i++) {
      Request request = client.newRequest("http://a.test/");
      untraced.add(request);

      assertThat(untraced.has(request)).isTrue();
    }
  }
}
