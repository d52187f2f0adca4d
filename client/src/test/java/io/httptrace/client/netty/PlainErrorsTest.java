package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** Types and words of Netty's are not for the caller. */
class PlainErrorsTest {
  @Test
  void aChannelThatIsClosedIsAConnection() {
    assertThat(PlainErrors.of(new ClosedChannelException()))
        .isExactlyInstanceOf(SocketException.class)
        .hasMessage("the connection is closed")
        .hasNoCause();
  }

  @Test
  void anEngineThatIsClosedIsAConnection() {
    assertThat(PlainErrors.of(new SSLException("SSLEngine closed already")))
        .isExactlyInstanceOf(SSLException.class)
        .hasMessage("the TLS connection is closed");
  }

  @Test
  void whatACodecWrapsIsTakenOut() {
    SSLException alert = new SSLException("Received fatal alert: handshake_failure");

    assertThat(PlainErrors.of(new DecoderException(alert))).isSameAs(alert);
  }

  @Test
  void whatACodecSaysIsAProtocolError() {
    assertThat(PlainErrors.of(new DecoderException("unsupported version: 72 (expected: 5)")))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage("unsupported version: 72 (expected: 5)");
    assertThat(PlainErrors.of(new DecoderException((String) null)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the connection failed");
  }

  @Test
  void whatTheSystemSaysStays() {
    IOException reset = new SocketException("Connection reset");

    assertThat(PlainErrors.of(reset)).isSameAs(reset);
  }
}
