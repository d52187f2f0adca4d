package io.httptrace.benchmarks.checks;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.WroteRequestInfo;
import java.net.InetSocketAddress;

/** When hooks say that a request was written, and that its answer began. */
final class StampedRequest implements ClientTrace {
  private final boolean nonBlocking;
  private volatile int port;
  private volatile long number;
  private volatile long wrote;
  private volatile long answered;

  /**
   * Makes one.
   *
   * @param nonBlocking whether it promises that its hooks do not block
   */
  StampedRequest(boolean nonBlocking) {
    this.nonBlocking = nonBlocking;
  }

  @Override
  public boolean nonBlocking() {
    return nonBlocking;
  }

  @Override
  public void gotConn(GotConnInfo info) {
    port = ((InetSocketAddress) info.connection().localAddress()).getPort();
    number = info.connection().requestsBefore();
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    wrote = EventStamp.currentNanoTime();
  }

  @Override
  public void gotFirstResponseByte() {
    answered = EventStamp.currentNanoTime();
  }

  /** {@return the port of this end of its connection} */
  int port() {
    return port;
  }

  /** {@return how many requests there were before it on its connection} */
  int number() {
    return Math.toIntExact(number);
  }

  /** {@return the stamp of {@code wroteRequest}} */
  long wrote() {
    return wrote;
  }

  /** {@return the stamp of {@code gotFirstResponseByte}} */
  long answered() {
    return answered;
  }
}
