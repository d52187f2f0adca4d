package io.httptrace.conformance.http2.fault;

import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ServerTls;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that violates HTTP/2. It answers the first request correctly, waits for a number of
 * others on the same connection, and then violates the protocol. It sends a bounded number of
 * bytes, and then reads until the client closes the connection.
 */
public final class Http2Fault {
  private static final List<Http2Fault> ALL = all(FrameFaults.ALL, HeadFaults.ALL, FloodFaults.ALL);

  /** What may happen to the requests that the server has waited for. */
  public enum Outcome {
    /** The connection must end: all requests fail. */
    CONNECTION_FAILS,
    /** The first request must fail; the others are answered, unless the client ends all. */
    STREAM_FAILS,
    /** Each request must fail. */
    ALL_STREAMS_FAIL,
    /** The client may accept it, and then each request is answered, or end the stream or all. */
    ANY
  }

  /** The violation. */
  @FunctionalInterface
  interface Deed {
    /** Violates the protocol, given the streams of the requests. */
    void commit(ScriptedHttp2Connection http2, List<Integer> streams) throws Exception;
  }

  private final String name;
  private final Outcome outcome;
  private final Deed deed;
  private final boolean atOnce;

  private Http2Fault(String name, Outcome outcome, Deed deed, boolean atOnce) {
    this.name = name;
    this.outcome = outcome;
    this.deed = deed;
    this.atOnce = atOnce;
  }

  static Http2Fault of(String name, Outcome outcome, Deed deed) {
    return new Http2Fault(name, outcome, deed, false);
  }

  /** A fault instead of the server's first frame: no request is answered. */
  static Http2Fault atOnce(String name, Deed deed) {
    return new Http2Fault(name, Outcome.CONNECTION_FAILS, deed, true);
  }

  @SafeVarargs
  private static List<Http2Fault> all(List<Http2Fault>... themes) {
    List<Http2Fault> all = new ArrayList<>();
    for (List<Http2Fault> theme : themes) {
      all.addAll(theme);
    }
    return List.copyOf(all);
  }

  /** {@return all faults} */
  public static List<Http2Fault> all() {
    return ALL;
  }

  /**
   * {@return a fault}
   *
   * @param name its name
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Http2Fault named(String name) {
    return ALL.stream()
        .filter(fault -> fault.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no fault " + name));
  }

  /** {@return its name: a few words with hyphens} */
  public String name() {
    return name;
  }

  /** {@return what may happen to the requests} */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * {@return whether the violation begins with the server's first byte, so that it neither answers
   * a request nor waits for any}
   */
  public boolean fromTheFirstByte() {
    return atOnce;
  }

  /**
   * {@return the script over TLS}
   *
   * @param tls how TLS is spoken; the protocols are replaced by {@code h2}
   * @param requests how many requests to wait for after the first one
   */
  public ConnectionScript secured(ServerTls tls, int requests) {
    return connection -> play(ScriptedHttp2Connection.overTls(connection, tls), requests);
  }

  /**
   * {@return the script for clear text with prior knowledge}
   *
   * @param requests how many requests to wait for after the first one
   */
  public ConnectionScript clearText(int requests) {
    return connection -> play(ScriptedHttp2Connection.over(connection), requests);
  }

  private void play(ScriptedHttp2Connection http2, int requests) throws Exception {
    List<Integer> streams = new ArrayList<>();
    if (atOnce) {
      http2.readPreface();
    } else {
      http2.begin(Http2Settings.none());
      http2.respond(http2.awaitRequest().stream(), 200, "hello");
      for (int i = 0; i < requests; i++) {
        streams.add(http2.awaitRequest().stream());
      }
    }
    deed.commit(http2, streams);
    if (outcome == Outcome.STREAM_FAILS) {
      for (int stream : streams.subList(1, streams.size())) {
        http2.respond(stream, 200, "hello");
      }
    }
    http2.connection().awaitPeerClose();
  }

  @Override
  public String toString() {
    return name;
  }
}
