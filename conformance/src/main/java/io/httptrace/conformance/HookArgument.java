package io.httptrace.conformance;

import io.httptrace.Hook;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An argument of a hook, or a part of one, that a recording compares. */
public enum HookArgument {
  /** The host and port of {@code getConn}. */
  GET_CONN_TARGET(Hook.GET_CONN, "target", "\\(([^)]*)\\)"),
  /** {@code reused} of {@code gotConn}. */
  GOT_CONN_REUSED(Hook.GOT_CONN, "reused", "\\breused=(\\w+)"),
  /** {@code wasIdle} of {@code gotConn}. */
  GOT_CONN_WAS_IDLE(Hook.GOT_CONN, "wasIdle", "\\bwasIdle=(\\w+)"),
  /** Whether {@code idleTime} of {@code gotConn} is positive. */
  GOT_CONN_IDLE_TIME(Hook.GOT_CONN, "idleTime", "\\bidleTime>0=(\\w+)"),
  /** The error of {@code putIdleConn}. */
  PUT_IDLE_CONN_ERROR(Hook.PUT_IDLE_CONN, "error", "\\berr=([^ )]+)"),
  /** The fields of {@code got1xxResponse}. */
  GOT_1XX_RESPONSE_FIELDS(Hook.GOT_1XX_RESPONSE, "fields", "\\[(.*)]"),
  /** The addresses of {@code dnsDone}. */
  DNS_DONE_ADDRESSES(Hook.DNS_DONE, "addrs", "\\[([^\\]]*)]"),
  /** The error of {@code dnsDone}. */
  DNS_DONE_ERROR(Hook.DNS_DONE, "error", "\\berr=([^ )]+)"),
  /** {@code coalesced} of {@code dnsDone}. */
  DNS_DONE_COALESCED(Hook.DNS_DONE, "coalesced", "\\bcoalesced=(\\w+)"),
  /** The address of {@code connectStart}. */
  CONNECT_START_ADDRESS(Hook.CONNECT_START, "addr", "\\(\\w+ ([^ )]+)"),
  /** The address of {@code connectDone}. */
  CONNECT_DONE_ADDRESS(Hook.CONNECT_DONE, "addr", "\\(\\w+ ([^ )]+)"),
  /** The error of {@code connectDone}. */
  CONNECT_DONE_ERROR(Hook.CONNECT_DONE, "error", "\\berr=([^ )]+)"),
  /** The error of {@code tlsHandshakeDone}. */
  TLS_HANDSHAKE_DONE_ERROR(Hook.TLS_HANDSHAKE_DONE, "error", "\\berr=([^ )]+)"),
  /** The protocol that ALPN chose, of {@code tlsHandshakeDone}. */
  TLS_HANDSHAKE_DONE_ALPN(Hook.TLS_HANDSHAKE_DONE, "alpn", "\\balpn=([^ )]*)"),
  /** The version of {@code tlsHandshakeDone}. */
  TLS_HANDSHAKE_DONE_VERSION(Hook.TLS_HANDSHAKE_DONE, "version", "\\bversion=([^ )]*)"),
  /** The server name of {@code tlsHandshakeDone}. */
  TLS_HANDSHAKE_DONE_SERVER_NAME(Hook.TLS_HANDSHAKE_DONE, "serverName", "\\bserverName=([^ )]*)"),
  /** Whether the session of {@code tlsHandshakeDone} was resumed. */
  TLS_HANDSHAKE_DONE_RESUMED(Hook.TLS_HANDSHAKE_DONE, "resumed", "\\bdidResume=(\\w+)"),
  /** The values of {@code wroteHeaderField}. */
  WROTE_HEADER_FIELD_VALUE(Hook.WROTE_HEADER_FIELD, "value", "=\\[(.*)]"),
  /** The error of {@code wroteRequest}. */
  WROTE_REQUEST_ERROR(Hook.WROTE_REQUEST, "error", "\\berr=([^ )]+)");

  private final Hook hook;
  private final String argument;
  private final Pattern value;

  HookArgument(Hook hook, String argument, String value) {
    this.hook = hook;
    this.argument = argument;
    this.value = Pattern.compile(value);
  }

  /** {@return the hook whose argument it is} */
  public Hook hook() {
    return hook;
  }

  /**
   * {@return an event with {@code ?} in place of this argument; other events are left as they are}
   *
   * @param event the event, such as {@code r1.getConn(example.test:80)}
   */
  public String maskedIn(String event) {
    int at = event.indexOf(hook.methodName() + "(");
    if (at < 1 || event.charAt(at - 1) != '.') {
      return event;
    }
    Matcher matcher = value.matcher(event);
    return matcher.find(at)
        ? event.substring(0, matcher.start(1)) + "?" + event.substring(matcher.end(1))
        : event;
  }

  /** {@return the hook and the argument, such as {@code dnsDone.addrs}} */
  @Override
  public String toString() {
    return hook.methodName() + "." + argument;
  }
}
