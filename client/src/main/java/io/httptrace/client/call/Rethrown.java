package io.httptrace.client.call;

import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.TlsException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code send} throws. What a call fails with may have been found out on any thread, and its
 * stack trace then leads nowhere near the code of the caller. So an exception of the same type is
 * made anew where the caller waits, with the original as its cause, as the JDK's client does.
 */
final class Rethrown {
  private static final Map<Class<?>, Function<@Nullable String, IOException>> TYPES =
      new HashMap<>();

  static {
    TYPES.put(IOException.class, IOException::new);
    TYPES.put(EOFException.class, EOFException::new);
    TYPES.put(HttpTimeoutException.class, HttpTimeoutException::new);
    TYPES.put(HttpConnectTimeoutException.class, HttpConnectTimeoutException::new);
    TYPES.put(ProtocolException.class, ProtocolException::new);
    TYPES.put(SocketException.class, SocketException::new);
    TYPES.put(ConnectException.class, ConnectException::new);
    TYPES.put(NoRouteToHostException.class, NoRouteToHostException::new);
    TYPES.put(SocketTimeoutException.class, SocketTimeoutException::new);
    TYPES.put(UnknownHostException.class, UnknownHostException::new);
    TYPES.put(SSLException.class, SSLException::new);
    TYPES.put(SSLHandshakeException.class, SSLHandshakeException::new);
    TYPES.put(SSLPeerUnverifiedException.class, SSLPeerUnverifiedException::new);
    TYPES.put(SSLProtocolException.class, SSLProtocolException::new);
  }

  private Rethrown() {}

  /** {@return an exception to be thrown on this thread} */
  static IOException of(IOException original) {
    IOException renewed = renewed(original);
    return renewed == original ? original : withSuppressedOf(original, renewed);
  }

  /** {@return an exception to be thrown on this thread} */
  static CancellationException of(CancellationException original) {
    CancellationException renewed = new CancellationException(original.getMessage());
    renewed.initCause(original);
    return withSuppressedOf(original, renewed);
  }

  private static <E extends Throwable> E withSuppressedOf(Throwable original, E renewed) {
    for (Throwable suppressed : original.getSuppressed()) {
      renewed.addSuppressed(suppressed);
    }
    return renewed;
  }

  private static IOException renewed(IOException original) {
    if (original instanceof TlsException e) {
      return e.renewed();
    }
    if (original instanceof ProxyException e) {
      return e.renewed();
    }
    if (original instanceof ResponseException e) {
      return e.renewed();
    }
    // A type of somebody else's cannot be made anew, and often has been thrown on this thread.
    Class<?> type = original.getClass();
    if (!TYPES.containsKey(type) && leadsHere(original)) {
      return original;
    }
    Function<@Nullable String, IOException> constructor = TYPES.get(type);
    while (constructor == null) {
      type = type.getSuperclass();
      constructor = TYPES.get(type);
    }
    IOException renewed = constructor.apply(original.getMessage());
    renewed.initCause(original);
    return renewed;
  }

  /** {@return whether a stack trace begins with the frames that this thread has outside of us} */
  private static boolean leadsHere(Throwable error) {
    StackTraceElement[] here = new Throwable().getStackTrace();
    StackTraceElement[] there = error.getStackTrace();
    int frames = 0;
    while (frames < here.length
        && frames < there.length
        && here[here.length - 1 - frames].equals(there[there.length - 1 - frames])) {
      frames++;
    }
    return frames < here.length && isOurs(here[here.length - 1 - frames]);
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith("io.httptrace.client.");
  }
}
