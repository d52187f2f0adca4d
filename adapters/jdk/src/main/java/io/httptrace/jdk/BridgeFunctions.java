package io.httptrace.jdk;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the JDK's client calls for each {@link Event}, by the {@link Bridge}. */
final class BridgeFunctions {
  /** A function that is called for an event of something that is there. */
  private interface Told extends BiFunction<Object, @Nullable Object, @Nullable Object> {}

  private final Map<Event, Bridge.Function> functions = new EnumMap<>(Event.class);

  BridgeFunctions(Connecting connecting, Exchanging exchanging) {
    connects(connecting);
    writes(exchanging);
    reads(exchanging);
    ends(exchanging);
  }

  /** {@return those for all events but that of a new call} They do nothing for one not traced. */
  Map<Event, Bridge.Function> ofRequests() {
    return functions;
  }

  /**
   * {@return the function for a new call}
   *
   * @param call returns what the client is to keep as the request of its user
   */
  static Bridge.Function ofCalls(UnaryOperator<@Nullable Object> call) {
    return (none, request) -> {
      try {
        return call.apply(request);
      } catch (Throwable thrown) {
        Problems.fault(Event.CALL.name(), thrown);
        return request;
      }
    };
  }

  private void connects(Connecting connecting) {
    add(Event.ROUND_TRIP, (multi, none) -> connecting.begin(multi));
    add(Event.LOOKUP, (request, none) -> connecting.lookup(request));
    add(Event.LOOKED_UP, connecting::lookedUp);
    add(Event.POOL, (request, none) -> connecting.poolAsked(request));
    add(Event.CONNECTION, connecting::connection);
    add(Event.SHARED_CONNECTION, connecting::shared);
    add(Event.CONNECT, connecting::connect);
    add(Event.CONNECT_RESULT, connecting::connectResult);
    add(Event.CONNECT_FAILED, connecting::connectFailed);
    add(Event.TUNNEL_RESULT, connecting::tunnelResult);
    add(Event.TUNNEL_ANSWER, connecting::tunnelAnswer);
    add(Event.READY_RESULT, connecting::readyResult);
    add(Event.RETURNED_TO_POOL, (connection, none) -> connecting.returnedToPool(connection));
  }

  private void writes(Exchanging exchanging) {
    add(Event.HEAD, exchanging::head);
    add(Event.HTTP2_HEAD, exchanging::http2Head);
    add(Event.HEAD_SENT_RESULT, exchanging::headSentResult);
    add(Event.FLUSHED, (subscription, none) -> exchanging.flushed(subscription));
    add(Event.BODY_SENT_RESULT, exchanging::bodySentResult);
  }

  private void reads(Exchanging exchanging) {
    add(Event.BYTES_ARRIVED, (receiver, none) -> exchanging.bytesArrived(receiver));
    add(Event.RESPONSE_BYTES, (reader, none) -> exchanging.responseBytes(reader));
    add(Event.HTTP2_RESPONSE_HEAD, (stream, none) -> exchanging.http2ResponseHead(stream));
    add(Event.RESPONSE_RESULT, exchanging::responseResult);
    add(Event.BODY_READ, (response, none) -> exchanging.bodyRead(response));
  }

  private void ends(Exchanging exchanging) {
    add(Event.CALL_RESULT, exchanging::callResult);
    add(Event.CALL_CANCELLED, (multi, none) -> exchanging.callCancelled(multi));
    add(Event.ROUND_TRIP_RESULT, exchanging::roundTripResult);
    add(Event.BODY_RESULT, exchanging::bodyResult);
    add(Event.READ_FAILED, exchanging::readFailed);
    add(Event.READ_STOPPED, (receiver, none) -> exchanging.readStopped(receiver));
    add(Event.EXCHANGE_CANCELLED, exchanging::cancelled);
    add(Event.STREAM_RESET, (stream, none) -> exchanging.streamReset(stream));
    add(Event.STREAM_CLOSED, (stream, none) -> exchanging.streamClosed(stream));
    add(Event.BODY_ABANDONED, (stream, none) -> exchanging.bodyAbandoned(stream));
    add(Event.BODY_IGNORED, exchanging::bodyIgnored);
  }

  /** A fault of ours must not reach the client: then it goes on as if it were not traced. */
  private void add(Event event, Told told) {
    functions.put(
        event,
        (of, value) -> {
          try {
            return of == null ? value : told.apply(of, value);
          } catch (Throwable thrown) {
            Problems.fault(event.name(), thrown);
            return value;
          }
        });
  }
}
