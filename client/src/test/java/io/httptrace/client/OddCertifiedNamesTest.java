package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.contract.PlainRequest;
import io.httptrace.client.errors.TlsException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.TestCertificate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Names that the JDK takes for none, over TLS. The server is BoringSSL's: the JDK's refuses to be
 * called by such a name.
 */
class OddCertifiedNamesTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static X509Bundle certificateFor(String name) throws Exception {
    return new CertificateBuilder()
        .subject("CN=odd")
        .ecp256()
        .addExtensionOctetString("2.5.29.17", false, dnsName(name))
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  /** As the builder refuses such names: RFC 5280, section 4.2.1.6. */
  private static byte[] dnsName(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    byte[] encoded = new byte[text.length + 4];
    encoded[0] = 0x30;
    encoded[1] = (byte) (text.length + 2);
    encoded[2] = (byte) 0x82;
    encoded[3] = (byte) text.length;
    System.arraycopy(text, 0, encoded, 4, text.length);
    return encoded;
  }

  private int serve(X509Bundle certificate) throws Exception {
    SslContext tls =
        SslContextBuilder.forServer(
                certificate.getKeyPair().getPrivate(), certificate.getCertificate())
            .sslProvider(SslProvider.OPENSSL)
            .build();
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Hello());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    server.closeFuture().addListener(f -> ReferenceCountUtil.release(tls));
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private static final class Hello extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      ctx.writeAndFlush(Unpooled.copiedBuffer(HELLO, StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close(); // The client refuses it.
    }
  }

  private static String get(TracingHttpClientBuilder builder, String host, int port)
      throws Exception {
    builder.resolver(
        name -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())));
    try (TracingHttpClient client = builder.build()) {
      return client
          .send(
              PlainRequest.of("GET", URI.create("https://" + host + ":" + port + "/")),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static TracingHttpClientBuilder trusting(X509Bundle certificate) throws Exception {
    return TracingHttpClient.newBuilder()
        .trustManager((X509TrustManager) certificate.toTrustManagerFactory().getTrustManagers()[0]);
  }

  @ParameterizedTest
  @CsvSource({"a_b.test, a_b.test", "*.c.test, a_b.c.test", "a_b.test, A_B.test."})
  void aCertificateForTheNameWillDo(String certified, String host) throws Exception {
    X509Bundle certificate = certificateFor(certified);
    int port = serve(certificate);

    assertThat(get(trusting(certificate), host, port)).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({"a-b.test, a_b.test", "*.test, a_b.test", "a_c.test, a_b.test"})
  void aCertificateForAnotherNameDoesNot(String certified, String host) throws Exception {
    X509Bundle certificate = certificateFor(certified);
    int port = serve(certificate);

    assertThatThrownBy(() -> get(trusting(certificate), host, port))
        .isInstanceOfSatisfying(
            TlsException.class,
            e -> assertThat(e.reason()).isEqualTo(TlsException.Reason.WRONG_NAME));
  }

  /** Who sets the algorithm leaves names to the JDK, and so to an extended trust manager. */
  @Test
  void anyNameWillDoForWhoTrustsEveryoneAndHasNamesCheckedByTheTrustManager() throws Exception {
    int port = serve(certificateFor("a-c.test"));
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    TracingHttpClientBuilder credulous =
        TracingHttpClient.newBuilder()
            .sslContext(TestCertificate.credulousContext())
            .sslParameters(parameters);

    assertThat(get(credulous, "a_b.test", port)).isEqualTo("hello");
  }
}
