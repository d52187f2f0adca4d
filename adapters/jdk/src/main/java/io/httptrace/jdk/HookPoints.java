package io.httptrace.jdk;

import static io.httptrace.Hook.CONNECT_DONE;
import static io.httptrace.Hook.CONNECT_START;
import static io.httptrace.Hook.DNS_DONE;
import static io.httptrace.Hook.DNS_START;
import static io.httptrace.Hook.GOT_100_CONTINUE;
import static io.httptrace.Hook.GOT_1XX_RESPONSE;
import static io.httptrace.Hook.GOT_CONN;
import static io.httptrace.Hook.GOT_FIRST_RESPONSE_BYTE;
import static io.httptrace.Hook.GOT_RESPONSE;
import static io.httptrace.Hook.PROXY_CONNECT_DONE;
import static io.httptrace.Hook.PROXY_CONNECT_START;
import static io.httptrace.Hook.PUT_IDLE_CONN;
import static io.httptrace.Hook.ROUND_TRIP_DONE;
import static io.httptrace.Hook.TLS_HANDSHAKE_DONE;
import static io.httptrace.Hook.TLS_HANDSHAKE_START;
import static io.httptrace.Hook.WAIT_100_CONTINUE;
import static io.httptrace.Hook.WROTE_HEADERS;
import static io.httptrace.Hook.WROTE_HEADER_FIELD;
import static io.httptrace.Hook.WROTE_REQUEST;
import static io.httptrace.jdk.HookPoint.Place.ARGUMENT;
import static io.httptrace.jdk.HookPoint.Place.ENTER;
import static io.httptrace.jdk.HookPoint.Place.EXIT;
import static io.httptrace.jdk.HookPoint.Place.RESULT;

import io.httptrace.Hook;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The places in the JDK's client that are told of; the same ones in JDK 17 to 25. */
final class HookPoints {
  private static final int THIS = 0;
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int NONE = -1;
  private static final String ANY = "(";
  private static final Hook[] ALL = Hook.values();

  private final List<HookPoint> points = new ArrayList<>();

  private HookPoints() {
    add(Event.CALL, "MultiExchange", "<init>", ARGUMENT, FIRST, FIRST, ALL);
    result(Event.CALL_RESULT, "MultiExchange", "responseAsync", THIS, ROUND_TRIP_DONE);
    points.add(
        new HookPoint(
            Event.CALL_CANCELLED, "MultiExchange", "cancel", "(Z)Z", EXIT, THIS, NONE, Set.of()));
    enter(Event.ROUND_TRIP, "MultiExchange", "responseAsyncImpl", THIS, NONE, ALL);
    result(Event.ROUND_TRIP_RESULT, "Exchange", "responseAsync", THIS, GOT_RESPONSE);
    connecting();
    writing();
    reading();
  }

  /** {@return the places, most of them needed by several hooks} */
  static List<HookPoint> all() {
    return List.copyOf(new HookPoints().points);
  }

  private void connecting() {
    enter(Event.LOOKUP, "HttpRequestImpl", "getAddress", THIS, NONE, DNS_START, DNS_DONE);
    result(Event.LOOKED_UP, "HttpRequestImpl", "getAddress", THIS, DNS_START, DNS_DONE);
    Hook[] dial = {GOT_CONN, DNS_START, DNS_DONE, CONNECT_START, CONNECT_DONE};
    enter(Event.POOL, "HttpConnection", "getConnection", SECOND, NONE, dial);
    result(Event.CONNECTION, "HttpConnection", "getConnection", SECOND, dial);
    result(Event.SHARED_CONNECTION, "Http2ClientImpl", "getConnectionFor", SECOND, GOT_CONN);
    enter(Event.CONNECT, "PlainHttpConnection", "connectAsync", FIRST, THIS, CONNECT_START);
    result(Event.CONNECT_RESULT, "PlainHttpConnection", "connectAsync", FIRST, CONNECT_DONE);
    enter(Event.CONNECT_FAILED, "PlainHttpConnection", "canRetryConnect", THIS, FIRST);
    Hook[] tunnel = {PROXY_CONNECT_START, PROXY_CONNECT_DONE};
    result(Event.TUNNEL_RESULT, "PlainTunnelingConnection", "connectAsync", FIRST, tunnel);
    result(Event.TUNNEL_ANSWER, "Exchange", "responseAsyncImpl", FIRST, tunnel);
    Hook[] tls = {TLS_HANDSHAKE_START, TLS_HANDSHAKE_DONE, GOT_CONN};
    result(Event.READY_RESULT, "AsyncSSLConnection", "finishConnect", THIS, tls);
    result(Event.READY_RESULT, "AsyncSSLTunnelConnection", "finishConnect", THIS, tls);
    result(Event.READY_RESULT, "PlainHttpConnection", "finishConnect", THIS, GOT_CONN);
    result(Event.READY_RESULT, "PlainTunnelingConnection", "finishConnect", THIS, GOT_CONN);
  }

  private void writing() {
    result(Event.HEAD, "Http1Request", "headers", THIS, WROTE_HEADER_FIELD);
    result(Event.HTTP2_HEAD, "Stream", "headerFrame", THIS, WROTE_HEADER_FIELD);
    Hook[] head = {WROTE_HEADER_FIELD, WROTE_HEADERS, WAIT_100_CONTINUE};
    result(Event.HEAD_SENT_RESULT, "Http1Exchange", "sendHeadersAsync", THIS, head);
    result(Event.HEAD_SENT_RESULT, "Stream", "sendHeadersAsync", THIS, head);
    String subscription = "Http1Exchange$Http1Publisher$Http1WriteSubscription";
    enter(Event.FLUSHED, subscription, "request", THIS, NONE, head);
    result(Event.BODY_SENT_RESULT, "Http1Exchange", "sendBodyAsync", THIS, WROTE_REQUEST);
    result(Event.BODY_SENT_RESULT, "Stream", "sendBodyAsync", THIS, WROTE_REQUEST);
  }

  private void reading() {
    Hook first = GOT_FIRST_RESPONSE_BYTE;
    enter(Event.BYTES_ARRIVED, "Http1AsyncReceiver", "asyncReceive", THIS, NONE, first);
    String reader = "Http1Response$HeadersReader";
    enter(Event.RESPONSE_BYTES, reader, "tryAsyncReceive", THIS, NONE, first);
    enter(Event.HTTP2_RESPONSE_HEAD, "Stream", "handleResponse", THIS, NONE, first);
    Hook[] informational = {GOT_100_CONTINUE, GOT_1XX_RESPONSE};
    result(Event.RESPONSE_RESULT, "Http1Exchange", "getResponseAsync", THIS, informational);
    result(Event.RESPONSE_RESULT, "Stream", "getResponseAsync", THIS, informational);
    points.add(
        new HookPoint(
            Event.RETURNED_TO_POOL,
            "ConnectionPool",
            "returnToPool",
            "(L" + Bridge.PACKAGE.replace('.', '/') + "/HttpConnection;)V",
            ENTER,
            FIRST,
            NONE,
            Set.of(PUT_IDLE_CONN)));
    Hook done = ROUND_TRIP_DONE;
    add(Event.BODY_READ, "Http1Response", "onFinished", EXIT, THIS, NONE, done);
    result(Event.BODY_RESULT, "Exchange", "readBodyAsync", THIS, done);
    enter(Event.READ_FAILED, "Http1Response", "onReadError", THIS, FIRST, done);
    enter(Event.READ_STOPPED, "Http1AsyncReceiver", "stop", THIS, NONE, done);
    enter(Event.EXCHANGE_CANCELLED, "Http1Exchange", "cancelImpl", THIS, FIRST, done);
    enter(Event.EXCHANGE_CANCELLED, "Stream", "cancelImpl", THIS, FIRST, done);
    add(Event.STREAM_RESET, "Stream", "handleReset", EXIT, THIS, NONE, done);
    enter(Event.STREAM_CLOSED, "Stream", "close", THIS, NONE, done);
    points.add(
        new HookPoint(
            Event.BODY_ABANDONED, "Stream", "cancel", "()V", ENTER, THIS, NONE, Set.of(done)));
    result(Event.BODY_IGNORED, "Stream", "ignoreBody", THIS, done);
  }

  private void enter(
      Event event, String owner, String method, int subject, int value, Hook... hooks) {
    add(event, owner, method, ENTER, subject, value, hooks);
  }

  private void result(Event event, String owner, String method, int subject, Hook... hooks) {
    add(event, owner, method, RESULT, subject, NONE, hooks);
  }

  private void add(
      Event event,
      String owner,
      String method,
      HookPoint.Place place,
      int subject,
      int value,
      Hook... hooks) {
    Set<Hook> needing = EnumSet.noneOf(Hook.class);
    needing.addAll(List.of(hooks));
    points.add(new HookPoint(event, owner, method, ANY, place, subject, value, needing));
  }
}
