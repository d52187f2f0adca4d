package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.DecoderException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** A request on a used connection is sent again if the connection died: the type says so. */
  @Test
  void whatTheSystemSaysOfWritingIsTyped() {
    IOException reset = new IOException("Connection reset by peer");
    IOException ofPublisher = new FileNotFoundException("body");

    assertThat(PlainErrors.ofWrite(reset))
        .isExactlyInstanceOf(SocketException.class)
        .hasMessage("Connection reset by peer")
        .hasCause(reset);
    assertThat(
            PlainErrors.ofWrite(new ChannelOutputShutdownException("Channel output shut", reset)))
        .isExactlyInstanceOf(SocketException.class)
        .hasMessage("Connection reset by peer")
        .hasCause(reset);
    assertThat(PlainErrors.ofWrite(ofPublisher)).isSameAs(ofPublisher);
  }

  @ParameterizedTest
  @CsvSource({
    "error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE,"
        + " Received fatal alert: handshake_failure",
    "error:1000045c:SSL routines:OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED,"
        + " Received fatal alert: certificate_required",
    "error:100004ff:SSL routines:OPENSSL_internal:X, Received fatal alert: number 279",
    "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL, unsupported protocol",
  })
  void whatBoringSslReportsIsSaidAsTheJdkSaysIt(String reported, String said) {
    assertThat(PlainErrors.of(new DecoderException(new SSLHandshakeException(reported))))
        .isExactlyInstanceOf(SSLHandshakeException.class)
        .hasMessage(said)
        .hasNoCause();
    assertThat(PlainErrors.of(new SSLException(reported)))
        .isInstanceOf(SSLException.class)
        .hasMessage(said);
  }

  @Test
  void whyACertificateIsRefusedIsSaidWithoutTheEngine() {
    CertificateException said = new CertificateException("No name matching a.test found");
    SSLHandshakeException error = new SSLHandshakeException("General OpenSslEngine problem");
    error.initCause(new CertificateException("No name matching a.test found. Names: []", said));

    assertThat(PlainErrors.of(error))
        .isExactlyInstanceOf(SSLHandshakeException.class)
        .hasMessage("No name matching a.test found")
        .hasCause(said);
  }
}
