package io.httptrace.jetty;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.thread.Scheduler;

/** The transport of a connection that is made by a traced dial: it tells when it is connected. */
final class JettyDialTransport extends Transport.Wrapper {
  private final JettyDial dial;

  JettyDialTransport(Transport wrapped, JettyDial dial) {
    super(wrapped);
    this.dial = dial;
  }

  boolean isOf(JettyDial other) {
    return dial == other;
  }

  @Override
  public EndPoint newEndPoint(
      Scheduler scheduler,
      ManagedSelector selector,
      SelectableChannel selectable,
      SelectionKey selectionKey) {
    dial.connectDone(null);
    return getWrapped() == TCP_IP
        ? new JettyDialEndPoint((SocketChannel) selectable, selector, selectionKey, scheduler, dial)
        : super.newEndPoint(scheduler, selector, selectable, selectionKey);
  }
}
