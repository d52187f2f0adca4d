package io.httptrace.client.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/**
 * {@code Expect: 100-continue} (RFC 9110, section 10.1.1). The client of JDK 17 does not get on
 * without a 100.
 */
final class ExpectContinueTest extends Contract {

  private static HttpRequest expecting(ScriptedServer server) {
    return request(server).expectContinue(true).POST(BodyPublishers.ofString("content")).build();
  }

  /** A client that waits for an answer as long as it takes, as that of the JDK does. */
  private HttpClient patient(Subject subject) {
    return client(
        subject,
        builder ->
            builder instanceof TracingHttpClientBuilder ours
                ? ours.expectContinueTimeout(SOON)
                : builder);
  }

  @BothClients
  void theBodyIsSentAfter100(Subject subject) throws Exception {
    ScriptedServer server =
        serveAlways(
            connection -> {
              while (true) {
                ReceivedRequestHead head = connection.readHead();
                connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                connection.send(ok(new String(connection.readBody(head), US_ASCII)));
              }
            });

    assertThat(send(patient(subject), expecting(server), BodyHandlers.ofString()).body())
        .isEqualTo("content");
  }

  @BothClientsOfJdk21
  void theBodyIsNotSentAfterAFinalStatus(Subject subject) throws Exception {
    ScriptedServer server =
        serveAlways(
            connection -> {
              connection.readHead();
              connection.send(
                  "HTTP/1.1 417 No\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
              connection.close();
              assertThat(connection.readToEnd()).isEmpty();
            });

    HttpResponse<String> response =
        send(patient(subject), expecting(server), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(417);
    assertThat(response.body()).isEqualTo("no");
  }

  /** The JDK's client waits for ever. */
  @Test
  void theBodyIsSentAfterAWhileWithoutAnAnswer() throws Exception {
    ScriptedServer server = answer((request, connection) -> connection.send(ok("late")));

    assertThat(client(Subject.HTTPTRACE).send(expecting(server), BodyHandlers.ofString()).body())
        .isEqualTo("late");
  }

  @BothClientsOfJdk21
  void a200WithoutA100IsDelivered(Subject subject) throws Exception {
    ScriptedServer server =
        serveAlways(
            connection -> {
              connection.readHead();
              connection.send(
                  "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
              connection.close();
            });

    assertThat(patient(subject).send(expecting(server), BodyHandlers.ofString()).body())
        .isEqualTo("ok");
  }
}
