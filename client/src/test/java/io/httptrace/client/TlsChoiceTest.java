package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.httptrace.ClientTrace;
import io.httptrace.TlsConnectionState;
import io.httptrace.client.connect.NativeTls;
import io.httptrace.client.connect.TlsProviders;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does TLS, and that nobody can tell. */
class TlsChoiceTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private static @Nullable NativeTls choice(TracingHttpClientBuilder builder) {
    NativeTls chosen = TlsChoice.boring(builder.config, TlsChoice.context(builder.config));
    if (chosen != null) {
      chosen.close();
    }
    return chosen;
  }

  private static SSLParameters parameters(Consumer<SSLParameters> setter) {
    SSLParameters parameters = new SSLParameters();
    setter.accept(parameters);
    return parameters;
  }

  @Test
  void withoutSettingsItIsBoringSsl() {
    assertThat(choice(TracingHttpClient.newBuilder())).isNotNull();
    assertThat(choice(TracingHttpClient.newBuilder().trustManager(TestCertificate.trusting())))
        .isNotNull();
  }

  @Test
  void theCallerMayAskForTheJdks() {
    assertThat(choice(TracingHttpClient.newBuilder().nativeTls(false))).isNull();
    assertThat(choice(TracingHttpClient.newBuilder().sslContext(TestCertificate.trustingContext())))
        .isNull();
  }

  @Test
  void parametersThatBothFollowLeaveItOpen() {
    assertThat(TlsProviders.onlyTheJdk(null)).isFalse();
    assertThat(
            TlsProviders.onlyTheJdk(
                parameters(
                    p -> {
                      p.setProtocols(new String[] {"TLSv1.2"});
                      p.setServerNames(List.of(new SNIHostName("front.test")));
                      p.setApplicationProtocols(new String[] {"http/1.1"});
                      p.setEndpointIdentificationAlgorithm("HTTPS");
                    })))
        .isFalse();
  }

  @Test
  void parametersThatOnlyTheJdkFollowsDecide() {
    List<Consumer<SSLParameters>> setters =
        List.of(
            p -> p.setProtocols(new String[] {"TLSv1.1"}),
            p -> p.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"}),
            p -> p.setServerNames(List.of()),
            p -> p.setEndpointIdentificationAlgorithm("LDAPS"),
            p -> p.setMaximumPacketSize(2000));
    assertThat(setters).allMatch(setter -> TlsProviders.onlyTheJdk(parameters(setter)));
  }

  @Test
  void aDefaultContextOfTheApplicationIsNotTheJdks() throws Exception {
    assertThat(TlsProviders.isOfTheJdk(SSLContext.getDefault())).isTrue();
    assertThat(TlsProviders.isOfTheJdk(TestCertificate.trustingContext())).isFalse();
  }

  @Test
  void aContextHasManagersOfItsOwn() {
    TracingHttpClientBuilder builder =
        TracingHttpClient.newBuilder()
            .sslContext(TestCertificate.trustingContext())
            .trustManager(TestCertificate.trusting());

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessage("trustManager cannot be combined with sslContext, which has its own managers");
  }

  // ---- What is told ----

  private List<String> told(boolean boring, String version, boolean resuming) throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.GOOD).only(version);
    ServerTls used = resuming ? tls.resuming() : tls;
    ConnectionScript once =
        connection -> {
          connection.startTls(used);
          connection.readRequest();
          connection.send(HELLO.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        };
    ScriptedServer server =
        guard.watch(ScriptedServer.builder("tls").connections(once, once).start());
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    ClientTrace trace =
        ClientTrace.builder().tlsHandshakeDone((state, error) -> told.add(text(state))).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://example.test:" + server.port() + "/")).build();
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .trustManager(TestCertificate.trusting())
            .nativeTls(boring)
            .resolver(
                host ->
                    CompletableFuture.completedFuture(
                        List.of(java.net.InetAddress.getLoopbackAddress())))
            .build()) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response =
            client.send(TracedRequest.of(request, trace), BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("hello");
        SSLSession session = response.sslSession().orElseThrow();
        told.add(session.getProtocol() + " " + session.getPeerPrincipal() + session.getPeerHost());
        told.add(session.getCipherSuite() + " " + session.getPeerCertificates().length);
      }
    }
    return told;
  }

  private static String text(@Nullable TlsConnectionState state) {
    return state + " " + (state == null ? 0 : state.peerCertificates().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothTellTheSame(String version) throws Exception {
    assertThat(told(true, version, false)).isEqualTo(told(false, version, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothResumeAndSaySo(String version) throws Exception {
    List<String> told = told(true, version, true);

    assertThat(told).isEqualTo(told(false, version, true));
    assertThat(told.get(0)).contains("Resumed:false");
    assertThat(told.get(3)).contains("Resumed:true");
  }

  // ---- Client certificates ----

  @ParameterizedTest
  @CsvSource({
    "true, ecp256",
    "false, ecp256",
    "true, rsa2048",
    "false, rsa2048",
    "true, ed25519",
    "false, ed25519"
  })
  void theClientMakesItselfKnown(boolean boring, Algorithm kind) throws Exception {
    X509Bundle me = bundle("CN=me", kind);
    X509Bundle it = bundle("CN=it", Algorithm.ecp256);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        it.toKeyManagerFactory().getKeyManagers(),
        me.toTrustManagerFactory().getTrustManagers(),
        null);
    try (SSLServerSocket server =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
      server.setNeedClientAuth(true);
      CompletableFuture<String> seen = new CompletableFuture<>();
      Thread thread = new Thread(() -> answer(server, seen), "server");
      thread.start();
      try (TracingHttpClient client =
          TracingHttpClient.newBuilder()
              .trustManager(TestCertificate.credulous())
              .keyManager(keyManager(me))
              .nativeTls(boring)
              .build()) {
        URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
        HttpResponse<String> response =
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.sslSession().orElseThrow().getLocalPrincipal().getName())
            .isEqualTo("CN=me");
      }
      thread.join();
      assertThat(seen).isCompletedWithValue("CN=me");
    }
  }

  private static X509Bundle bundle(String name, Algorithm kind) throws Exception {
    return new CertificateBuilder()
        .subject(name)
        .algorithm(kind)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static X509KeyManager keyManager(X509Bundle me) throws Exception {
    for (KeyManager manager : me.toKeyManagerFactory().getKeyManagers()) {
      if (manager instanceof X509KeyManager found) {
        return found;
      }
    }
    throw new AssertionError();
  }

  private static void answer(SSLServerSocket server, CompletableFuture<String> seen) {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.getOutputStream().write(HELLO.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      seen.complete(socket.getSession().getPeerPrincipal().getName());
      while (socket.getInputStream().read() >= 0) {
        // Until the client is done.
      }
    } catch (Exception e) {
      seen.completeExceptionally(e);
    }
  }
}
