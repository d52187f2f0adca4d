package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TestCertificate;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** What clients, their builders and their responses say of themselves. */
final class AccessorsTest extends Contract {

  // ---- The client ----

  @BothClients
  void aClientSaysWhatItWasBuiltWith(Subject subject) {
    Executor executor = Runnable::run;
    SSLContext context = TestCertificate.trustingContext();
    HttpClient client =
        client(
            subject,
            builder ->
                builder
                    .connectTimeout(Duration.ofSeconds(7))
                    .executor(executor)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .sslContext(context)
                    .version(HttpClient.Version.HTTP_1_1));

    assertThat(client.connectTimeout()).contains(Duration.ofSeconds(7));
    assertThat(client.executor()).containsSame(executor);
    assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
    assertThat(client.proxy()).containsSame(HttpClient.Builder.NO_PROXY);
    assertThat(client.sslContext()).isSameAs(context);
    assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @BothClients
  void aClientSaysWhatItWasNotBuiltWith(Subject subject) throws Exception {
    HttpClient client = client(subject);

    assertThat(client.connectTimeout()).isEmpty();
    assertThat(client.executor()).isEmpty();
    assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
    assertThat(client.proxy()).isEmpty();
    assertThat(client.cookieHandler()).isEmpty();
    assertThat(client.authenticator()).isEmpty();
    assertThat(client.sslContext()).isSameAs(SSLContext.getDefault());
  }

  @BothClients
  void theSslParametersAreCopiedInAndOut(Subject subject) {
    SSLParameters given = new SSLParameters(new String[] {"TLS_AES_128_GCM_SHA256"});
    given.setProtocols(new String[] {"TLSv1.3"});
    HttpClient client = client(subject, builder -> builder.sslParameters(given));
    given.setProtocols(new String[] {"TLSv1.2"});

    SSLParameters got = client.sslParameters();
    got.setProtocols(new String[] {"TLSv1.1"});

    assertThat(client.sslParameters().getProtocols()).containsExactly("TLSv1.3");
    assertThat(client.sslParameters().getCipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256");
  }

  @BothClients
  void theSslParametersAreThereWithoutBeingSet(Subject subject) {
    assertThat(client(subject).sslParameters().getProtocols()).contains("TLSv1.3");
    assertThat(client(subject).sslParameters().getCipherSuites()).isNotEmpty();
  }

  /** The static methods of the JDK's class must not give the JDK's client. */
  @Test
  void theStaticMethodsGiveThisClient() {
    assertThat(TracingHttpClient.newBuilder()).isInstanceOf(TracingHttpClientBuilder.class);
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
    }
  }

  // ---- The builder ----

  @BothClients
  void theBuilderRefusesNulls(Subject subject) {
    List<UnaryOperator<HttpClient.Builder>> settings =
        List.of(
            builder -> builder.connectTimeout(null),
            builder -> builder.executor(null),
            builder -> builder.followRedirects(null),
            builder -> builder.proxy(null),
            builder -> builder.sslContext(null),
            builder -> builder.sslParameters(null),
            builder -> builder.version(null),
            builder -> builder.cookieHandler(null),
            builder -> builder.authenticator(null));

    for (UnaryOperator<HttpClient.Builder> setting : settings) {
      assertThatThrownBy(() -> setting.apply(subject.newBuilder()))
          .isExactlyInstanceOf(NullPointerException.class);
    }
  }

  @BothClients
  void theBuilderRefusesBadValues(Subject subject) {
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> subject.newBuilder().connectTimeout(wrong))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid duration: " + wrong);
    }
    for (int wrong : new int[] {0, 257, -1}) {
      assertThatThrownBy(() -> subject.newBuilder().priority(wrong))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("priority must be between 1 and 256");
    }
  }

  @BothClients
  void theBuilderGivesItselfAndCanBuildTwice(Subject subject) {
    HttpClient.Builder builder = subject.newBuilder();

    assertThat(builder.connectTimeout(Duration.ofSeconds(1))).isSameAs(builder);
    assertThat(builder.version(HttpClient.Version.HTTP_1_1)).isSameAs(builder);
    HttpClient first = client(subject, given -> builder);
    HttpClient second = client(subject, given -> builder.connectTimeout(Duration.ofSeconds(2)));
    assertThat(second).isNotSameAs(first);
    assertThat(first.connectTimeout()).contains(Duration.ofSeconds(1));
    assertThat(second.connectTimeout()).contains(Duration.ofSeconds(2));
  }

  @Test
  void theLastValueCounts() {
    HttpClient client =
        client(
            Subject.HTTPTRACE,
            builder ->
                builder
                    .version(HttpClient.Version.HTTP_2)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(ProxySelector.getDefault())
                    .proxy(HttpClient.Builder.NO_PROXY));

    assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @BothClients
  void priorityIsTaken(Subject subject) throws Exception {
    ScriptedServer server = answer(ok("fine"));
    HttpClient client = client(subject, builder -> builder.priority(1).priority(256));

    assertThat(send(client, get(server), BodyHandlers.ofString()).body()).isEqualTo("fine");
  }

  // ---- The response ----

  @BothClients
  void aResponseSaysWhatItAnswersAndHow(Subject subject) throws Exception {
    ScriptedServer server = answer("HTTP/1.1 201 Created\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nhi");
    HttpRequest request =
        HttpRequest.newBuilder(uri(server, "/a?b#c"))
            .header("X-B", "2")
            .timeout(Duration.ofSeconds(30))
            .build();

    HttpResponse<String> response = send(client(subject), request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("hi");
    assertThat(response.uri()).isEqualTo(request.uri());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(response.previousResponse()).isEmpty();
    assertThat(response.sslSession()).isEmpty();
    assertThat(response).hasToString("(GET " + request.uri() + ") 201");
    assertThat(response.request().uri()).isEqualTo(request.uri());
    assertThat(response.request().method()).isEqualTo("GET");
    assertThat(response.request().headers()).isEqualTo(request.headers());
    assertThat(response.request().timeout()).isEqualTo(request.timeout());
    assertThat(response.headers().firstValue("x-A")).contains("1");
  }

  @BothClients
  void namesOfResponseHeadersAreInLowerCase(Subject subject) throws Exception {
    ScriptedServer server = answer("HTTP/1.1 200 OK\r\nX-aB: 1\r\nContent-LENGTH: 0\r\n\r\n");

    assertThat(client(subject).send(get(server), BodyHandlers.discarding()).headers().map())
        .containsOnlyKeys("x-ab", "content-length");
  }

  /** JDK 25 has it. */
  @Test
  void theConnectionLabelIsThatOfTheConnection() throws Exception {
    HttpClient client = client(Subject.HTTPTRACE);
    ScriptedServer server = answer(ok("abc"));
    ScriptedServer other = answer(ok("abc"));

    HttpResponse<?> first = client.send(get(server), BodyHandlers.discarding());
    HttpResponse<?> second = client.send(get(server), BodyHandlers.discarding());
    HttpResponse<?> third = client.send(get(other), BodyHandlers.discarding());

    assertThat(label(first)).isPresent();
    assertThat(label(second)).isEqualTo(label(first));
    assertThat(label(third)).isPresent().isNotEqualTo(label(first));
  }

  private static Optional<?> label(HttpResponse<?> response) throws Exception {
    Class<?> type = Runtime.version().feature() >= 25 ? HttpResponse.class : response.getClass();
    var method = type.getMethod("connectionLabel");
    method.setAccessible(true);
    return (Optional<?>) method.invoke(response);
  }
}
