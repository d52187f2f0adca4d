package io.httptrace.client.pool;

import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.connections.ConnectionWaitInfo;
import io.httptrace.connections.PooledConnectionInfo;
import java.util.ArrayList;
import java.util.List;

/** A listener that keeps what it is told, as text. */
final class Told implements ConnectionListener {
  final List<String> events = new ArrayList<>();

  @Override
  public void connectionOpened(PooledConnectionInfo connection) {
    events.add("opened #" + connection.connection().id() + " to " + connection.target());
  }

  @Override
  public void connectionClosed(PooledConnectionInfo connection, ConnectionCloseReason reason) {
    events.add(
        "closed #"
            + connection.connection().id()
            + " "
            + reason
            + " at "
            + connection.age().toMillis()
            + " ms");
  }

  @Override
  public void waitEnded(ConnectionWaitInfo wait) {
    events.add("waited " + wait);
  }
}
