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
 * Takes note of all that AsyncHttpClient tells the handler of a WebSocket, and passes it on: by an
 * {@link AhcHandler}. It has to be a handler of a WebSocket itself, which is a class.
 */
final class AhcWebSocketHandler extends WebSocketUpgradeHandler {
  private final WebSocketUpgradeHandler handler;
  private final AhcCallbacks call;
  private final AhcHandler<NettyWebSocket> notes;
  private @Nullable NettyWebSocket socket;

  AhcWebSocketHandler(WebSocketUpgradeHandler handler, AhcCallbacks call) {
    super(List.of());
    this.handler = handler;
    this.call = call;
    this.notes = new AhcHandler<>(handler, call);
  }

  @Override
  public void onConnectionPoolAttempt() {
    notes.onConnectionPoolAttempt();
  }

  @Override
  public void onConnectionPooled(Channel connection) {
    notes.onConnectionPooled(connection);
  }

  @Override
  public void onHostnameResolutionAttempt(String name) {
    notes.onHostnameResolutionAttempt(name);
  }

  @Override
  public void onHostnameResolutionSuccess(String name, List<InetSocketAddress> addresses) {
    notes.onHostnameResolutionSuccess(name, addresses);
  }

  @Override
  public void onHostnameResolutionFailure(String name, Throwable cause) {
    notes.onHostnameResolutionFailure(name, cause);
  }

  @Override
  public void onTcpConnectAttempt(InetSocketAddress remoteAddress) {
    notes.onTcpConnectAttempt(remoteAddress);
  }

  @Override
  public void onTcpConnectSuccess(InetSocketAddress remoteAddress, Channel connection) {
    notes.onTcpConnectSuccess(remoteAddress, connection);
  }

  @Override
  public void onTcpConnectFailure(InetSocketAddress remoteAddress, Throwable cause) {
    notes.onTcpConnectFailure(remoteAddress, cause);
  }

  @Override
  public void onTlsHandshakeAttempt() {
    notes.onTlsHandshakeAttempt();
  }

  @Override
  public void onTlsHandshakeSuccess(SSLSession sslSession) {
    notes.onTlsHandshakeSuccess(sslSession);
  }

  @Override
  public void onTlsHandshakeFailure(Throwable cause) {
    notes.onTlsHandshakeFailure(cause);
  }

  @Override
  public void onConnectionOffer(Channel connection) {
    notes.onConnectionOffer(connection);
  }

  @Override
  public void onRequestSend(NettyRequest request) {
    notes.onRequestSend(request);
  }

  @Override
  public void onRetry() {
    notes.onRetry();
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
    notes.onHeadersReceived(headers);
  }

  @Override
  protected void onBodyPartReceived0(HttpResponseBodyPart bodyPart) throws Exception {
    notes.onBodyPartReceived(bodyPart);
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
    notes.onCompleted();
  }

  @Override
  protected void onThrowable0(Throwable t) {
    notes.onThrowable(t);
  }
}
