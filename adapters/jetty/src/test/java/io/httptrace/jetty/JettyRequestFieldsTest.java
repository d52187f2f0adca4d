package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ByteBufferPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fields that hooks are told are those that the server gets. */
final class JettyRequestFieldsTest {
  private final Clients clients = new Clients();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final ScriptedServer server =
      ScriptedServer.builder("fields")
          .otherConnections(
              connection -> {
                ReceivedRequestHead head = connection.readRequest();
                received.addAll(head.fieldLines());
                connection.send(PathServer.hello());
                connection.awaitPeerClose();
              })
          .start();

  @AfterEach
  void close() throws Exception {
    clients.close();
    server.close();
  }

  private ClientTrace trace() {
    return ClientTrace.builder()
        .wroteHeaderField((name, values) -> values.forEach(v -> told.add(name + ": " + v)))
        .build();
  }

  private Request request() throws Exception {
    HttpClient client = clients.start(JettyTracing.create());
    Request request = client.newRequest("http://127.0.0.1:" + server.port() + "/a?b=c");
    return Clients.with(request, trace());
  }

  private void send(Request request) throws Exception {
    request.send();
    assertThat(told).isNotEmpty().isEqualTo(received);
  }

  @Test
  void ofAGet() throws Exception {
    send(request());
  }

  @Test
  void ofAPostWithoutABody() throws Exception {
    send(request().method(HttpMethod.POST));
  }

  @Test
  void ofABodyOfKnownLength() throws Exception {
    send(request().method(HttpMethod.POST).body(new BytesRequestContent(new byte[10])));
  }

  @Test
  void ofAnEmptyBody() throws Exception {
    send(request().method(HttpMethod.PUT).body(new BytesRequestContent(new byte[0])));
  }

  @Test
  void ofABodyOfUnknownLength() throws Exception {
    ByteArrayInputStream body = new ByteArrayInputStream(new byte[10_000]);
    ByteBufferPool.Sized buffers = new ByteBufferPool.Sized(null, false, 1_000);
    send(
        request()
            .method(HttpMethod.POST)
            .body(new InputStreamRequestContent("text/plain", body, buffers)));
  }

  @Test
  void ofARequestThatAsksToClose() throws Exception {
    send(
        request()
            .headers(fields -> fields.add("Connection", "close").add("X-A", "1").add("X-A", "2")));
  }

  @Test
  void ofHttp2() throws Exception {
    Http2Service service =
        Http2Service.answering(
            asked -> {
              asked
                  .headers()
                  .fields()
                  .forEach(field -> received.add(field.name() + ": " + field.value()));
              return Http2Answer.ok("hello");
            });
    try (ScriptedServer http2 =
        ScriptedServer.builder("http2").otherConnections(service.clearText()).start()) {
      HttpClient client =
          clients.start(
              JettyTracing.create()
                  .install(new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()))));
      Request request =
          client
              .newRequest("http://127.0.0.1:" + http2.port() + "/a?b=c")
              .method(HttpMethod.POST)
              .headers(fields -> fields.add("X-A", "1").add("X-A", "2"))
              .body(new BytesRequestContent(new byte[10]));
      Clients.with(request, trace()).send();

      assertThat(told)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(received)
          .allMatch(field -> Character.isLowerCase(field.charAt(field.startsWith(":") ? 1 : 0)));
    }
  }
}
