package io.httptrace.asynchttpclient;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.netty.request.NettyRequest;
import org.asynchttpclient.netty.ws.NettyWebSocket;
import org.asynchttpclient.ws.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Takes note of all that AsyncHttpClient tells the handler of a WebSocket, and passes it on. It has
 * to be such a handler itself.
 */
final class AhcWebSocketHandler extends WebSocketUpgradeHandler {
  private final WebSocketUpgradeHandler handler;
  private final AhcCallbacks call;
  private @Nullable NettyWebSocket socket;

  AhcWebSocketHandler(WebSocketUpgradeHandler handler, AhcCallbacks call) {
    super(List.of());
    this.handler = handler;
    this.call = call;
  }

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

  @Override
  public void onRequestSend(NettyRequest request) {
    call.sends(request);
    handler.onRequestSend(request);
  }

  @Override
  public void onRetry() {
    call.retries();
    handler.onRetry();
  }

  // What follows is called by the final methods of the class above. That class decides, as the
  // handler would, which status is a success.

  @Override
  protected void onStatusReceived0(HttpResponseStatus responseStatus) throws Exception {
    call.delivered(responseStatus);
    handler.onStatusReceived(responseStatus);
  }

  @Override
  protected void onHeadersReceived0(HttpHeaders headers) throws Exception {
    handler.onHeadersReceived(headers);
  }

  @Override
  protected void onBodyPartReceived0(HttpResponseBodyPart bodyPart) throws Exception {
    handler.onBodyPartReceived(bodyPart);
  }

  @Override
  protected void setWebSocket0(NettyWebSocket webSocket) {
    socket = webSocket;
    handler.setWebSocket(webSocket);
  }

  @Override
  protected void onOpen0() {
    call.completed();
    NettyWebSocket opened = socket;
    if (opened != null) {
      handler.onOpen(opened);
    }
  }

  @Override
  protected void onCompleted0() throws Exception {
    call.completed();
    handler.onCompleted();
  }

  @Override
  protected void onThrowable0(Throwable t) {
    call.failed(t);
    handler.onThrowable(t);
  }
}
