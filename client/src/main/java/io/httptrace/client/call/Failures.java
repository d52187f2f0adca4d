package io.httptrace.client.call;

import io.httptrace.client.errors.DnsException;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.TlsException;
import io.httptrace.client.exchange.ExchangeFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/**
 * Gives failures the types of the JDK's client. The message names what was being done, and the
 * cause is what the hooks were told.
 */
final class Failures {
  private Failures() {}

  /** {@return what a call fails with when its time is up before there is a connection} */
  static Throwable connectTimeout() {
    String message = "HTTP connect timed out";
    return caused(new HttpConnectTimeoutException(message), new ConnectException(message));
  }

  /** {@return what a call fails with when there is no connection} */
  static Throwable dialling(Throwable error) {
    if (isOutside(error)) {
      return error;
    }
    if (isTimeout(error)) {
      // The JDK's client has this cause, so code looks for it.
      Throwable cause = caused(new ConnectException("HTTP connect timed out"), error);
      return caused(
          new HttpConnectTimeoutException("HTTP connect timed out: " + text(error)), cause);
    }
    if (error instanceof TlsException || error instanceof ProxyException) {
      return error;
    }
    if (error instanceof DnsException) {
      return caused(new ConnectException(text(error)), error);
    }
    return caused(new ConnectException("connect: " + text(error)), error);
  }

  private static boolean isTimeout(Throwable error) {
    return error instanceof SocketTimeoutException
        || (error instanceof DnsException dns && dns.reason() == DnsException.Reason.TIMEOUT)
        || (error instanceof TlsException tls
            && tls.reason() == TlsException.Reason.TIMEOUT
            && tls.getCause() instanceof SocketTimeoutException)
        || (error instanceof ProxyException proxy
            && proxy.reason() == ProxyException.Reason.TIMEOUT);
  }

  /** {@return whether a dial failed because the address it was to connect to was not reached} */
  static boolean isUnreachable(Throwable error) {
    return error instanceof SocketException
        || error instanceof SocketTimeoutException
        || error instanceof DnsException;
  }

  /** {@return what a call, or the subscriber of a body, is told of an exchange that failed} */
  static Throwable exchanging(ExchangeFailure failure) {
    Throwable error = failure.error();
    if (isOutside(error) || error instanceof ProtocolException) {
      return error;
    }
    return error instanceof IOException
        ? new IOException(failure.step() + ": " + text(error), error)
        : error;
  }

  /** Time limits and cancellation come from the caller, and say so themselves. */
  private static boolean isOutside(Throwable error) {
    return error instanceof HttpTimeoutException || error instanceof CancellationException;
  }

  /** {@return what {@code send} throws} */
  static IOException sending(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (cause instanceof SecurityException e) {
      throw new SecurityException(e.getMessage(), e);
    }
    if (cause instanceof CancellationException e) {
      throw Rethrown.of(e);
    }
    return cause instanceof IOException e ? Rethrown.of(e) : new IOException(text(cause), cause);
  }

  /** {@return what a call fails with when code of the caller's that decides what follows does} */
  static IOException deciding(Throwable error) {
    return error instanceof IOException known ? known : new IOException(text(error), error);
  }

  /** {@return an error in words} */
  static String text(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }

  private static <E extends Exception> E caused(E error, Throwable cause) {
    error.initCause(cause);
    return error;
  }
}
