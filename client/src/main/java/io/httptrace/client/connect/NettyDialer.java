package io.httptrace.client.connect;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.concurrent.Turn;
import io.httptrace.client.pool.ConnectionRequest;
import io.httptrace.client.pool.Dialer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Dials: lookup, connect, TLS. */
public final class NettyDialer implements Dialer {
  private final Lookups lookups;
  private final Connector connector;
  private final TlsConfig tls;
  private final DialSettings settings;
  private final Clock clock;
  private final Executor blocking;
  private final AtomicLong ids = new AtomicLong();

  /**
   * Makes a dialer.
   *
   * @param lookups looks up names
   * @param connector connects
   * @param tls makes engines for https
   * @param settings the settings
   * @param clock sets timers
   * @param blocking runs the hooks of dials, which may block, and what else takes long
   */
  public NettyDialer(
      Lookups lookups,
      NettyConnector connector,
      TlsConfig tls,
      DialSettings settings,
      Clock clock,
      Executor blocking) {
    this.lookups = lookups;
    this.connector = connector;
    this.tls = tls;
    this.settings = settings;
    this.clock = clock;
    this.blocking = blocking;
  }

  @Override
  public Dial dial(ConnectionRequest request, Outcome outcome) {
    // But for hooks nothing in a dial blocks, and whoever has news can carry it on; but not inside
    // of what else that thread does to a connection, as a dial that fails leads to the next one.
    Strand strand = new Strand(request.trace().mayBlock() ? blocking : Turn.LATER);
    DialContext context = new DialContext(strand, clock, connector, settings, request);
    DialHooks hooks = new DialHooks(request.trace(), ids.incrementAndGet());
    TlsSetup setup = new TlsSetup(tls, blocking);
    NettyDial dial = new NettyDial(context, request.key(), hooks, setup, lookups, outcome);
    strand.onFailure(dial::broken);
    return new OnStrand(dial, strand);
  }

  /** A dial, reached from other threads. */
  private record OnStrand(NettyDial dial, Strand strand) implements Dial {
    @Override
    public void start() {
      strand.execute(dial::start);
    }

    @Override
    public void cancel(Throwable reason) {
      dial.cancelling(reason);
      strand.execute(() -> dial.cancel(reason));
    }
  }
}
