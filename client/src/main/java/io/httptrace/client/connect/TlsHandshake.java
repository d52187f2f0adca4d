package io.httptrace.client.connect;

import io.httptrace.TlsConnectionState;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.errors.TlsException;
import io.httptrace.client.netty.ChannelCloseCause;
import io.httptrace.client.netty.Pipelines;
import io.httptrace.client.netty.Pipelines.TlsPeer;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.pool.NegotiatedTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One TLS handshake on a channel. */
final class TlsHandshake {
  /** Marks a session that has been seen before: a handshake that meets it again has resumed it. */
  private static final String SEEN = "io.httptrace.seen";

  private final Channel channel;
  private final SSLEngine engine;
  private final String peer;
  private final TlsPeer layer;
  private final SslHandler handler;
  private final NotTls notTls = new NotTls();
  private final long startMillis = System.currentTimeMillis();
  private @Nullable String nameToCheck;
  private volatile @Nullable Throwable readError;

  /** Is told how the handshake ended, on the event loop; one of the two is null. */
  interface Outcome {
    void done(@Nullable NegotiatedTls negotiated, @Nullable TlsException error);
  }

  /**
   * Makes a handshake.
   *
   * @param channel the channel
   * @param engine the engine
   * @param peer names the other side in errors
   * @param layer which of them that is
   * @param blocking runs what takes long, such as checking certificates
   */
  TlsHandshake(Channel channel, SSLEngine engine, String peer, TlsPeer layer, Executor blocking) {
    this.channel = channel;
    this.engine = engine;
    this.peer = peer;
    this.layer = layer;
    // One task leads to the next: on the thread that runs the first, and not on one thread each.
    this.handler = new SslHandler(engine, new Strand(blocking));
    handler.setHandshakeTimeoutMillis(0);
  }

  /**
   * Has a name checked that the engine cannot check.
   *
   * @param host the name, or null for none
   */
  TlsHandshake checking(@Nullable String host) {
    nameToCheck = host;
    return this;
  }

  /** It is not started any more. */
  void abandon() {
    ReferenceCountUtil.release(engine);
  }

  void start(Outcome outcome) {
    if (!channel.isRegistered()) {
      // Whatever were added now would never be removed: the channel is past that.
      abandon();
      outcome.done(null, new TlsException(peer, TlsException.Reason.CLOSED, null));
      return;
    }
    handler
        .handshakeFuture()
        .addListener(
            f -> {
              if (f.isSuccess()) {
                end(outcome);
              } else {
                outcome.done(null, failure(f.cause()));
              }
            });
    Pipelines.addTls(
        channel.pipeline(), layer, notTls.probe(), handler, notTls.errors(), new Guard());
    channel.read();
  }

  /**
   * Lets everything through, to a handler that has been added: errors, as a peer may refuse a
   * handshake that is over for this side (RFC 8446, section 4.4.4), and what a peer has sent that
   * speaks first, as with HTTP/2.
   */
  static void handOver(Channel channel) {
    Pipelines.endHandshake(channel.pipeline());
  }

  /**
   * Keeps the error that makes the handshake fail, which Netty's future does not have, and what
   * comes right after the handshake.
   */
  private final class Guard extends ChannelInboundHandlerAdapter {
    private final List<Object> early = new ArrayList<>(1);

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      early.add(message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      if (!early.isEmpty()) {
        early.forEach(ctx::fireChannelRead);
        early.clear();
        ctx.fireChannelReadComplete();
      }
      endWithPeer();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (readError == null) {
        readError = cause;
      }
      Throwable found = cause instanceof DecoderException ? cause.getCause() : cause;
      ChannelCloseCause.record(channel, found == null ? cause : found);
      ctx.close();
    }
  }

  /**
   * Closes the channel when the peer says that nothing more comes (RFC 8446, section 6.1). That
   * alone ends a response without a length (RFC 9112, section 9.8); and there are peers that close
   * the connection below TLS only when they have been told the same.
   */
  private void endWithPeer() {
    handler
        .sslCloseFuture()
        .addListener(
            f -> {
              if (f.isSuccess()) {
                channel.close();
              }
            });
  }

  private void end(Outcome outcome) {
    String host = nameToCheck;
    if (host != null) {
      try {
        CertifiedNames.check(engine.getSession(), host);
      } catch (CertificateException wrong) {
        outcome.done(null, new TlsException(peer, TlsException.Reason.WRONG_NAME, wrong));
        return;
      }
    }
    outcome.done(negotiated(), null);
  }

  private NegotiatedTls negotiated() {
    SSLSession session = engine.getSession();
    boolean resumed = NativeTls.isOne(engine) ? NativeTls.hasResumed(engine) : isSeen(session);
    String alpn = engine.getApplicationProtocol();
    TlsConnectionState state =
        TlsConnectionState.of(
            session.getProtocol(),
            session.getCipherSuite(),
            alpn == null ? "" : alpn,
            resumed,
            TlsConfig.serverName(engine),
            certificates(session));
    return new NegotiatedTls(state, new ReadOnlySslSession(session));
  }

  private boolean isSeen(SSLSession session) {
    boolean seen = session.getValue(SEEN) != null || session.getCreationTime() < startMillis;
    session.putValue(SEEN, SEEN);
    return seen;
  }

  private static List<Certificate> certificates(SSLSession session) {
    try {
      return List.of(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  private TlsException failure(Throwable cause) {
    SSLException plain = notTls.plain(cause);
    return plain == null
        ? failure(cause, plain(cause))
        : new TlsException(peer, TlsException.Reason.NOT_TLS, plain);
  }

  private TlsException failure(Throwable cause, @Nullable Throwable said) {
    return new TlsException(
        peer, reason(cause instanceof SSLException && said != null ? said : cause), said);
  }

  /** That the channel is closed says less than why. */
  private @Nullable Throwable plain(Throwable cause) {
    return cause instanceof ClosedChannelException ? readError : PlainErrors.of(cause);
  }

  private TlsException.Reason reason(Throwable cause) {
    if (readError instanceof SocketException) {
      return TlsException.Reason.RESET;
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      TlsException.Reason reason = reasonOf(t);
      if (reason != null) {
        return reason;
      }
    }
    return channel.isActive() || engine.isInboundDone() || cause.getCause() != null
        ? TlsException.Reason.HANDSHAKE_FAILURE
        : TlsException.Reason.CLOSED;
  }

  private static TlsException.@Nullable Reason reasonOf(Throwable t) {
    if (t instanceof ClosedChannelException) {
      return TlsException.Reason.CLOSED;
    }
    if (t instanceof CertificateExpiredException || t instanceof CertificateNotYetValidException) {
      return TlsException.Reason.EXPIRED;
    }
    if (t instanceof CertPathValidatorException invalid
        && (invalid.getReason() == CertPathValidatorException.BasicReason.EXPIRED
            || invalid.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID)) {
      return TlsException.Reason.EXPIRED;
    }
    if (t instanceof CertPathBuilderException || t instanceof CertPathValidatorException) {
      return t.getCause() == null ? TlsException.Reason.UNKNOWN_AUTHORITY : null;
    }
    // The name check of the JDK throws the plain type; the checks of the path throw others.
    return t.getClass() == CertificateException.class && t.getCause() == null
        ? TlsException.Reason.WRONG_NAME
        : null;
  }
}
