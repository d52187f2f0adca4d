package io.httptrace.asynchttpclient;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.handler.ProgressAsyncHandler;
import org.asynchttpclient.handler.TransferCompletionHandler;
import org.asynchttpclient.netty.request.NettyRequest;
import org.jspecify.annotations.Nullable;

/**
 * Takes note of all that AsyncHttpClient tells a handler, and passes it on.
 *
 * @param <T> what the handler makes
 */
final class AhcHandler<T> implements ProgressAsyncHandler<T> {
  private final AsyncHandler<T> handler;
  private final @Nullable ProgressAsyncHandler<T> progress;
  private final AhcCallbacks call;

  AhcHandler(AsyncHandler<T> handler, AhcCallbacks call) {
    this.handler = handler;
    this.progress = handler instanceof ProgressAsyncHandler<T> informed ? informed : null;
    this.call = call;
  }

  private State told(State state) {
    if (state == State.ABORT) {
      call.aborted();
    }
    return state;
  }

  // ---- The connection

  @Override
  public void onConnectionPoolAttempt() {
    call.poolAsked();
    handler.onConnectionPoolAttempt();
  }

  @Override
  public void onConnectionPooled(Channel connection) {
    call.pooled(connection);
    handler.onConnectionPooled(connection);
  }

  @Override
  public void onHostnameResolutionAttempt(String name) {
    call.lookupStarts(name);
    handler.onHostnameResolutionAttempt(name);
  }

  @Override
  public void onHostnameResolutionSuccess(String name, List<InetSocketAddress> addresses) {
    call.lookupEnds(addresses, null);
    handler.onHostnameResolutionSuccess(name, addresses);
  }

  @Override
  public void onHostnameResolutionFailure(String name, Throwable cause) {
    call.lookupEnds(List.of(), cause);
    handler.onHostnameResolutionFailure(name, cause);
  }

  @Override
  public void onTcpConnectAttempt(InetSocketAddress remoteAddress) {
    call.connectStarts(remoteAddress);
    handler.onTcpConnectAttempt(remoteAddress);
  }

  @Override
  public void onTcpConnectSuccess(InetSocketAddress remoteAddress, Channel connection) {
    call.connected(connection);
    handler.onTcpConnectSuccess(remoteAddress, connection);
  }

  @Override
  public void onTcpConnectFailure(InetSocketAddress remoteAddress, Throwable cause) {
    call.connectFailed(cause);
    handler.onTcpConnectFailure(remoteAddress, cause);
  }

  @Override
  public void onTlsHandshakeAttempt() {
    call.handshakeStarts();
    handler.onTlsHandshakeAttempt();
  }

  @Override
  public void onTlsHandshakeSuccess(SSLSession sslSession) {
    call.handshakeEnds(sslSession);
    handler.onTlsHandshakeSuccess(sslSession);
  }

  @Override
  public void onTlsHandshakeFailure(Throwable cause) {
    call.handshakeFailed(cause);
    handler.onTlsHandshakeFailure(cause);
  }

  @Override
  public void onConnectionOffer(Channel connection) {
    call.offered(connection);
    handler.onConnectionOffer(connection);
  }

  // ---- Writing

  @Override
  public void onRequestSend(NettyRequest request) {
    call.sends(request);
    if (handler instanceof TransferCompletionHandler transfer) {
      // AsyncHttpClient does so itself for a handler that it recognizes.
      transfer.headers(new DefaultHttpHeaders().set(request.getHttpRequest().headers()));
    }
    handler.onRequestSend(request);
  }

  @Override
  public void onRetry() {
    call.retries();
    handler.onRetry();
  }

  @Override
  public State onHeadersWritten() {
    return progress == null ? State.CONTINUE : progress.onHeadersWritten();
  }

  @Override
  public State onContentWritten() {
    return progress == null ? State.CONTINUE : progress.onContentWritten();
  }

  @Override
  public State onContentWriteProgress(long amount, long current, long total) {
    return progress == null
        ? State.CONTINUE
        : progress.onContentWriteProgress(amount, current, total);
  }

  // ---- The response

  @Override
  public State onStatusReceived(HttpResponseStatus responseStatus) throws Exception {
    call.delivered(responseStatus);
    return told(handler.onStatusReceived(responseStatus));
  }

  @Override
  public State onHeadersReceived(HttpHeaders headers) throws Exception {
    return told(handler.onHeadersReceived(headers));
  }

  @Override
  public State onBodyPartReceived(HttpResponseBodyPart bodyPart) throws Exception {
    return told(handler.onBodyPartReceived(bodyPart));
  }

  @Override
  public State onTrailingHeadersReceived(HttpHeaders headers) throws Exception {
    return told(handler.onTrailingHeadersReceived(headers));
  }

  @Override
  public @Nullable T onCompleted() throws Exception {
    call.completed();
    return handler.onCompleted();
  }

  @Override
  public void onThrowable(Throwable t) {
    call.failed(t);
    handler.onThrowable(t);
  }
}
