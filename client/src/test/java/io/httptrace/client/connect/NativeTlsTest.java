package io.httptrace.client.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.httptrace.client.route.HttpVersions;
import io.httptrace.conformance.server.TestCertificate;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Engines of BoringSSL: what they are set up with, and that they are let go. */
class NativeTlsTest {
  private final SSLContext context = TestCertificate.trustingContext();
  private final NativeTls boring =
      NativeTls.of(context.getDefaultSSLParameters(), TestCertificate.trusting(), null);
  private final TlsConfig config = new TlsConfig(context, null, true, boring);

  @AfterEach
  void close() {
    config.close();
  }

  private SSLEngine engine(String host) {
    return config.engine(UnpooledByteBufAllocator.DEFAULT, host, 443, HttpVersions.BY_ALPN);
  }

  @Test
  void theNameIsSentAndChecked() {
    SSLEngine engine = engine("localhost.");

    assertThat(NativeTls.isOne(engine)).isTrue();
    assertThat(engine.getUseClientMode()).isTrue();
    assertThat(engine.getPeerHost()).isEqualTo("localhost");
    assertThat(engine.getPeerPort()).isEqualTo(443);
    SSLParameters used = engine.getSSLParameters();
    assertThat(used.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(used.getServerNames()).containsExactly(new SNIHostName("localhost"));
    assertThat(engine.getEnabledProtocols()).contains("TLSv1.2", "TLSv1.3");
    ReferenceCountUtil.release(engine);
  }

  @Test
  void anAddressIsCheckedButNotSent() {
    SSLEngine engine = engine("::1%lo");

    assertThat(TlsConfig.serverName(engine)).isEmpty();
    assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(engine.getPeerHost()).isEqualTo("::1");
    ReferenceCountUtil.release(engine);
  }

  @Test
  void whatTheJdkHasSwitchedOffIsNotOffered() {
    SSLEngine engine = engine("a.test");

    assertThat(List.of(context.getDefaultSSLParameters().getCipherSuites()))
        .containsAll(Arrays.asList(engine.getEnabledCipherSuites()));
    ReferenceCountUtil.release(engine);
  }

  @Test
  void aNameThatTheJdkTakesForNoneIsLeftToIt() {
    assertThat(NativeTls.isOne(engine("odd_name.test"))).isFalse();
  }

  @Test
  void anEngineOutlivesWhatHasMadeIt() {
    SSLEngine engine = engine("a.test");

    config.close();
    assertThat(ReferenceCountUtil.refCnt(engine)).isEqualTo(1);
    assertThat(ReferenceCountUtil.release(engine)).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> engine("a.test"))
        .withMessage("the client is closed");
  }
}
