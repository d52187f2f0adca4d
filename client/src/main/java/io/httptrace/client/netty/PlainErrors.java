package io.httptrace.client.netty;

import io.netty.channel.socket.ChannelOutputShutdownException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in types of the JDK's, and in plain words, what Netty says in its own: those belong to how
 * this client is made, and tell its user nothing.
 */
public final class PlainErrors {
  private PlainErrors() {}

  /** {@return what a request fails with that finds the client closed} */
  public static IOException clientClosed() {
    return new IOException("the client is closed");
  }

  /**
   * {@return an error without Netty's types and words} The same one if it has none.
   *
   * @param error what Netty reports
   */
  public static Throwable of(Throwable error) {
    if (error instanceof ClosedChannelException) {
      // A write to a closed channel fails with one without a message or a stack trace.
      return new SocketException("the connection is closed");
    }
    SSLException ofTls = NativeTlsErrors.plain(error);
    if (ofTls != null) {
      return ofTls;
    }
    if (error instanceof SSLException && speaksOfNetty(error.getMessage())) {
      return new SSLException("the TLS connection is closed");
    }
    if (!isOfNetty(error)) {
      return error;
    }
    Throwable cause = error.getCause();
    if (cause != null) {
      return of(cause);
    }
    String message = error.getMessage();
    return message == null || speaksOfNetty(message)
        ? new IOException("the connection failed")
        : new ProtocolException(message);
  }

  /**
   * {@return an error of a write, in types that say whether the connection died} What the system
   * says of a write is a plain IOException, though of a read it is typed. Netty wraps it, as it
   * leaves a channel open for reading when nothing more can be written.
   *
   * @param error what Netty reports of the write
   */
  public static Throwable ofWrite(Throwable error) {
    Throwable cause = error.getCause();
    Throwable reported =
        error instanceof ChannelOutputShutdownException && cause != null ? cause : error;
    if (reported.getClass() != IOException.class) {
      return error;
    }
    SocketException typed = new SocketException(reported.getMessage());
    typed.initCause(reported);
    return typed;
  }

  private static boolean isOfNetty(Throwable error) {
    return error.getClass().getName().startsWith("io.netty.");
  }

  private static boolean speaksOfNetty(@Nullable String message) {
    return message != null
        && (message.contains("SSLEngine")
            || message.contains("OpenSslEngine")
            || message.contains("SslHandler")
            || message.contains("SSL/TLS handshake")
            || message.contains("io.netty"));
  }
}
