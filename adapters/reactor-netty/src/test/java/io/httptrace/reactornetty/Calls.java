package io.httptrace.reactornetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientRequest.Header;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.body.RequestBody;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/** Sends requests, and waits until the response has been read and the connection given back. */
final class Calls {
  private Calls() {}

  static ReactorSentCall get(HttpClient client, String url, ClientTrace trace) {
    return new ReactorSentCall(
        client,
        new ClientRequest("GET", URI.create(url), List.of(), null, false, null, List.of(trace)));
  }

  static ReactorSentCall post(
      HttpClient client, String url, RequestBody body, ClientTrace trace, Header... fields) {
    return new ReactorSentCall(
        client,
        new ClientRequest(
            "POST", URI.create(url), List.of(fields), body, false, null, List.of(trace)));
  }

  /** {@return the body; null if the call fails, in whatever way} */
  static @Nullable String tryRead(ReactorSentCall call) {
    try {
      return read(call);
    } catch (Exception failed) {
      return null;
    }
  }

  static String read(ReactorSentCall call) throws Exception {
    ClientResponse response = call.send();
    try (var body = response.body()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }
}
