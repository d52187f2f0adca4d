package io.httptrace.benchmarks.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.httptrace.benchmarks.peer.WireProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

/** What the server has counted. */
final class ServerCounters {
  private static final int PATIENCE_MILLIS = 5_000;
  private final Map<String, Long> counters = new HashMap<>();

  private ServerCounters(String line) {
    for (String pair : line.split(" ", -1)) {
      int equals = pair.indexOf('=');
      counters.put(pair.substring(0, equals), Long.parseLong(pair.substring(equals + 1)));
    }
  }

  /** {@return the counters of the server that tells them at a port} */
  static ServerCounters ask(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write("COUNTERS\n".getBytes(US_ASCII));
      return new ServerCounters(
          new String(socket.getInputStream().readAllBytes(), US_ASCII).strip());
    }
  }

  private long get(String key) {
    Long value = counters.get(key);
    if (value == null) {
      throw new IllegalStateException("the server does not count " + key);
    }
    return value;
  }

  long cpuNanos() {
    return get("cpu_ns");
  }

  long resumed() {
    return get("resumed");
  }

  long connections(WireProtocol protocol) {
    return get("conns_" + protocol.key());
  }

  long open(WireProtocol protocol) {
    return get("open_" + protocol.key());
  }

  long requests(WireProtocol protocol) {
    return get("reqs_" + protocol.key());
  }
}
