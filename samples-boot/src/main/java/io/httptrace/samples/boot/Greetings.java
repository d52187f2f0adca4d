package io.httptrace.samples.boot;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Greets, and tells how another server was asked to. */
@RestController
class Greetings {
  private final RestClient rest;

  Greetings(RestClient rest) {
    this.rest = rest;
  }

  @GetMapping("/greeting")
  Mono<String> greeting() {
    return Mono.just("hello");
  }

  /** What the server at a URL says, and the hooks that were called meanwhile. */
  @GetMapping("/relayed")
  Mono<List<String>> relayed(@RequestParam("url") String url) {
    return Mono.fromCallable(() -> ask(url)).subscribeOn(Schedulers.boundedElastic());
  }

  private List<String> ask(String url) throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    ClientTrace trace =
        ClientTrace.builder()
            .connectDone((network, address, error) -> said.add("connected"))
            .gotConn(info -> said.add("connection reused: " + info.reused()))
            .gotFirstResponseByte(() -> said.add("first byte"))
            .build();
    String body =
        TraceContext.current()
            .withClientTrace(trace)
            .call(() -> rest.get().uri(url).retrieve().body(String.class));
    said.add(Objects.requireNonNull(body));
    return said;
  }
}
