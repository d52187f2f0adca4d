package io.httptrace.conformance.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.IdleConnectionException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StandardErrorsTest {

  @Test
  void exceptionsOfTheKitSayWhatTheyAre() {
    assertThat(word(new HookFailedException(), ErrorSite.REQUEST)).isEqualTo("hook-error");
    assertThat(word(wrapped(new BodyFailedException()), ErrorSite.WRITE)).isEqualTo("body-error");
    assertThat(
            word(new LookupException(LookupException.Kind.SERVER_FAILURE, "h"), ErrorSite.LOOKUP))
        .isEqualTo("dns-server-failure");
    var full = new IdleConnectionException(IdleConnectionException.Reason.TOO_MANY_IDLE_FOR_HOST);
    assertThat(word(full, ErrorSite.POOL)).isEqualTo("too-many-idle-host");
  }

  @Test
  void connectionsBreakInSeveralWays() {
    assertThat(word(wrapped(new ConnectException()), ErrorSite.REQUEST)).isEqualTo("refused");
    assertThat(word(wrapped(new EOFException()), ErrorSite.REQUEST)).isEqualTo("eof");
    assertThat(word(new SocketException("Connection reset"), ErrorSite.BODY)).isEqualTo("reset");
    assertThat(word(new IOException("Broken pipe"), ErrorSite.WRITE)).isEqualTo("broken-pipe");
    assertThat(word(new ClosedChannelException(), ErrorSite.WRITE)).isEqualTo("conn-broken");
    assertThat(word(new ClosedChannelException(), ErrorSite.REQUEST)).isEqualTo("eof");
    assertThat(word(new ProtocolException(), ErrorSite.REQUEST)).isEqualTo("malformed-response");
  }

  @Test
  void timeoutIsNamedAfterThePlaceWhereItWasReported() {
    var timeout = new HttpConnectTimeoutException("late");
    assertThat(word(timeout, ErrorSite.LOOKUP)).isEqualTo("dns-timeout");
    assertThat(word(timeout, ErrorSite.CONNECT)).isEqualTo("connect-timeout");
    assertThat(word(timeout, ErrorSite.HANDSHAKE)).isEqualTo("tls-timeout");
    assertThat(word(timeout, ErrorSite.REQUEST)).isEqualTo("connect-timeout");
    assertThat(word(new HttpTimeoutException("late"), ErrorSite.REQUEST)).isEqualTo("timeout");
  }

  @Test
  void requestFailsWithTheWordOfTheHookWhoseErrorItCarries() {
    Throwable reported = new HttpConnectTimeoutException("lookup");
    Throwable error = new HttpConnectTimeoutException("late");
    error.initCause(reported);
    assertThat(word(error, ErrorSite.REQUEST, false, reported, "dns-timeout"))
        .isEqualTo("dns-timeout");
  }

  @Test
  void timeLimitOfTheCallerComesFirst() {
    Throwable reported = new HttpTimeoutException("lookup");
    Throwable error = new HttpTimeoutException("late");
    error.initCause(reported);
    assertThat(word(error, ErrorSite.REQUEST, true, reported, "dns-timeout")).isEqualTo("timeout");
    Throwable cancelled = new CancellationException().initCause(reported);
    assertThat(word(cancelled, ErrorSite.REQUEST, false, reported, "dns-timeout"))
        .isEqualTo("canceled");
  }

  @Test
  void handshakesFailInSeveralWays() {
    assertThat(handshake(new CertificateException(new CertPathBuilderException())))
        .isEqualTo("tls-unknown-ca");
    assertThat(handshake(new CertificateException("no name"))).isEqualTo("tls-bad-name");
    assertThat(handshake(new EOFException())).isEqualTo("eof");
    assertThat(word(new SSLException("not TLS"), ErrorSite.HANDSHAKE)).isEqualTo("tls-other");
  }

  @Test
  void unknownErrorIsLeftToOthers() {
    var context = new ErrorClassifier.Context(ErrorSite.REQUEST, false, e -> Optional.empty());
    Throwable unknown = new IllegalStateException();
    assertThat(ErrorClassifier.standard().classify(unknown, context)).isEmpty();
    ErrorClassifier mine = (error, where) -> Optional.of("mine");
    assertThat(ErrorClassifier.standard().orElse(mine).classify(unknown, context)).contains("mine");
  }

  private static String handshake(Throwable cause) {
    SSLHandshakeException error = new SSLHandshakeException("failed");
    error.initCause(cause);
    return word(error, ErrorSite.HANDSHAKE);
  }

  private static Throwable wrapped(Throwable cause) {
    return new ExecutionException(new IOException("outer", cause));
  }

  private static String word(Throwable error, ErrorSite site) {
    return word(error, site, false, null, "");
  }

  private static String word(
      Throwable error, ErrorSite site, boolean deadline, @Nullable Throwable known, String as) {
    var context =
        new ErrorClassifier.Context(
            site, deadline, e -> e == known ? Optional.of(as) : Optional.empty());
    return ErrorClassifier.standard().classify(error, context).orElse("unknown");
  }
}
