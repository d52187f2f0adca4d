package io.httptrace.jetty;

import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Promise;

/**
 * Hears of all attempts to connect that a client makes. Those of a dial that is traced have its
 * address; what follows is told by what is put into the context of the new connection.
 */
final class JettyConnectEvents implements ClientConnector.ConnectListener {
  @Override
  public void onConnectBegin(SocketChannel socketChannel, SocketAddress socketAddress) {
    if (!(socketAddress instanceof JettyDialAddress address)) {
      return;
    }
    JettyDial dial = address.dial();
    Map<String, Object> context = dial.context();
    context.computeIfPresent(
        Transport.class.getName(),
        (key, transport) ->
            transport instanceof JettyDialTransport known && known.isOf(dial)
                ? known
                : new JettyDialTransport((Transport) transport, dial));
    context.computeIfPresent(
        Connection.PROMISE_CONTEXT_KEY, (key, promise) -> new Made(cast(promise), dial));
    dial.connectStart(address.plain());
  }

  @Override
  public void onConnectFailure(
      SocketChannel socketChannel, SocketAddress socketAddress, Throwable failure) {
    if (socketAddress instanceof JettyDialAddress address) {
      address.dial().connectDone(failure);
    }
  }

  @SuppressWarnings("unchecked") // That is what Jetty has under this key.
  private static Promise<Connection> cast(Object promise) {
    return (Promise<Connection>) promise;
  }

  /**
   * Tells the dial how it ends, and then Jetty.
   *
   * @param jetty is told after the dial
   * @param dial the dial
   */
  private record Made(Promise<Connection> jetty, JettyDial dial) implements Promise<Connection> {
    @Override
    public void succeeded(Connection result) {
      dial.ready(result);
      jetty.succeeded(result);
    }

    @Override
    public void failed(Throwable x) {
      dial.attemptFailed(x);
      jetty.failed(x);
    }
  }
}
