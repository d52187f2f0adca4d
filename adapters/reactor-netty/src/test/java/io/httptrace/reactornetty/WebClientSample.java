package io.httptrace.reactornetty;

import io.httptrace.ClientTrace;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;

/** Spring's WebClient with traces: the recipe of the README. */
final class WebClientSample {
  private WebClientSample() {}

  static WebClient traced(HttpClient client) {
    // @start region="webclient"
    ExchangeFilterFunction filter =
        (call, next) ->
            next.exchange(call)
                .contextWrite(c -> c.putNonNull(ClientTrace.class, call.attributes().get("trace")));
    // @end
    return WebClient.builder()
        .clientConnector(new ReactorClientHttpConnector(client))
        .filter(filter)
        .build();
  }
}
