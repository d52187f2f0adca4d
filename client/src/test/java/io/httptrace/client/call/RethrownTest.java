package io.httptrace.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.TlsException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is thrown leads to this code, and is otherwise as it was. */
class RethrownTest {
  private static final HttpHeaders FIELDS =
      HttpHeaders.of(Map.of("Retry-After", List.of("3")), (name, value) -> true);

  /** A type whose constructor is not known. */
  private static final class Unknown extends SocketException {
    private static final long serialVersionUID = 1L;

    Unknown() {
      super("unknown");
    }
  }

  private static <E> E onAnotherThread(Callable<E> maker) throws Exception {
    FutureTask<E> task = new FutureTask<>(maker);
    Thread thread = new Thread(task, "other");
    thread.start();
    return task.get();
  }

  private static Stream<Callable<IOException>> makers() {
    return Stream.of(
        () -> new IOException("x"),
        () -> new IOException(),
        () -> new EOFException("x"),
        () -> new HttpTimeoutException("x"),
        () -> new HttpConnectTimeoutException("x"),
        () -> new ConnectException("x"),
        () -> new SocketException("x"),
        () -> new UnknownHostException("x"),
        () -> new ProtocolException("x"),
        () -> new SSLException("x"),
        () -> new SSLHandshakeException("x"),
        () -> new TlsException("host:443", TlsException.Reason.EXPIRED, new IOException("x")),
        () -> new ResponseException(ResponseException.Reason.MALFORMED, new IOException("x")),
        () -> ProxyException.answered("proxy:80", 503, "Busy", FIELDS),
        () -> ProxyException.replied("proxy:1080", 5, "refused"));
  }

  @ParameterizedTest
  @MethodSource("makers")
  void isOfTheSameTypeAndHasTheOriginalAsItsCause(Callable<IOException> maker) throws Exception {
    IOException original = onAnotherThread(maker);
    IOException first = new IOException("the first try");
    original.addSuppressed(first);

    IOException thrown = Rethrown.of(original);

    assertThat(thrown)
        .hasSameClassAs(original)
        .hasMessage(original.getMessage())
        .satisfies(e -> assertThat(e.getCause()).isSameAs(original))
        .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(first));
    assertLeadsHere(thrown);
  }

  private static void assertLeadsHere(Throwable thrown) {
    assertThat(thrown.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(RethrownTest.class.getName()));
  }

  @Test
  void keepsWhatOurExceptionsTell() {
    assertThat(
            ((TlsException)
                Rethrown.of(new TlsException("a:1", TlsException.Reason.NOT_TLS, null))))
        .extracting(TlsException::reason)
        .isEqualTo(TlsException.Reason.NOT_TLS);
    assertThat(
            (ResponseException)
                Rethrown.of(new ResponseException(ResponseException.Reason.HEADER_TOO_LARGE, null)))
        .extracting(ResponseException::reason)
        .isEqualTo(ResponseException.Reason.HEADER_TOO_LARGE);
    ProxyException refused =
        (ProxyException) Rethrown.of(ProxyException.answered("proxy:80", 503, "Busy", FIELDS));
    assertThat(refused.reason()).isEqualTo(ProxyException.Reason.REFUSED);
    assertThat(refused.status()).hasValue(503);
    assertThat(refused.headers()).isEqualTo(FIELDS);
    assertThat(
            ((ProxyException) Rethrown.of(ProxyException.replied("proxy:1080", 5, "refused")))
                .socksReply())
        .hasValue(5);
  }

  @Test
  void aCancellationToo() throws Exception {
    CancellationException original = onAnotherThread(() -> new CancellationException("x"));

    CancellationException thrown = Rethrown.of(original);

    assertThat(thrown).hasMessage("x").hasCause(original);
    assertLeadsHere(thrown);
  }

  /** Of code of the caller's that ran on this thread. */
  @Test
  void aTypeThatIsNotKnownStaysIfItLeadsHere() {
    IOException original = new Unknown();

    assertThat(Rethrown.of(original)).isSameAs(original);
  }

  @Test
  void aTypeThatIsNotKnownBecomesTheNextOneThatIs() throws Exception {
    IOException original = onAnotherThread(Unknown::new);

    IOException thrown = Rethrown.of(original);

    assertThat(thrown).isExactlyInstanceOf(SocketException.class).hasMessage("unknown");
    assertThat(thrown.getCause()).isSameAs(original);
    assertLeadsHere(thrown);
  }
}
