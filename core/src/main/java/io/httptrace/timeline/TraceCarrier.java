package io.httptrace.timeline;

import io.httptrace.TraceContext;
import java.util.List;
import java.util.function.Consumer;

/**
 * A request, or what a client accepts in its place, that carries traces and consumers of timelines.
 *
 * <p>A client, or an adapter for one, asks the requests that it is given whether they are carriers.
 * So a carrier that was made for one of them is understood by the others. Immutable.
 */
public interface TraceCarrier {
  /** {@return the traces of this request; empty if it has none} */
  TraceContext traceContext();

  /**
   * {@return who gets the timeline of each call that sends this request, when that call is over;
   * unmodifiable}
   */
  List<Consumer<? super Timeline>> timelineConsumers();
}
