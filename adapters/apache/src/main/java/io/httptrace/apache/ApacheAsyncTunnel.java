package io.httptrace.apache;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** The exchange that asks a proxy for a tunnel. */
final class ApacheAsyncTunnel extends ApacheAsyncHandler {
  private final ApacheDial dial;

  /**
   * Makes one.
   *
   * @param handler writes the CONNECT and reads the response
   * @param roundTrip for which the tunnel is
   * @param connections the client's
   */
  ApacheAsyncTunnel(
      AsyncClientExchangeHandler handler,
      ApacheRoundTrip roundTrip,
      ApacheConnections connections) {
    super(handler);
    ApacheDial known = roundTrip.dial();
    this.dial = known == null ? roundTrip.beginDial(connections.newId()) : known;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    EndpointDetails details = HttpCoreContext.cast(context).getEndpointDetails();
    SocketAddress proxy = details == null ? null : details.getRemoteAddress();
    dial.tunnelStart(proxy == null ? new InetSocketAddress(0) : proxy);
    handler.produceRequest(channel, context);
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails details, HttpContext context)
      throws HttpException, IOException {
    dial.tunnelAnswered(response.getCode());
    handler.consumeResponse(response, details, context);
  }

  @Override
  public void failed(Exception cause) {
    dial.tunnelFailed(cause);
    handler.failed(cause);
  }
}
