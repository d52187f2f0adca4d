package io.httptrace.cli;

import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Records each request octet by octet, answers 200, and lets the client close the connection. It is
 * also a proxy that is the server itself, whatever the name, so that a URL need not name it.
 */
final class RecordingServer implements AutoCloseable {
  private final LinkedBlockingQueue<ArrivedRequest> arrived = new LinkedBlockingQueue<>();
  private final ScriptedServer server;
  private final ServerTls tls;

  private RecordingServer(ServerTls tls) {
    this.tls = tls;
    this.server = ScriptedServer.builder("recording").otherConnections(this::serve).start();
  }

  /** Starts one that speaks HTTP/1.1. */
  static RecordingServer http1() {
    return new RecordingServer(ServerTls.with(TestCertificate.GOOD).protocols("http/1.1"));
  }

  /** Starts one that speaks HTTP/2 with TLS. */
  static RecordingServer http2() {
    return new RecordingServer(ServerTls.with(TestCertificate.GOOD).protocols("h2"));
  }

  /** Its own URL, without a path. */
  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** The only request that has arrived, once it has. */
  ArrivedRequest only() throws InterruptedException {
    ArrivedRequest request = arrived.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (request == null || !arrived.isEmpty() || !server.problems().isEmpty()) {
      throw new AssertionError(
          request + " and " + arrived + " " + server.problems() + " " + server.notes());
    }
    return request;
  }

  private void serve(ServerConnection connection) throws IOException {
    String head = readHead(connection);
    if (head.startsWith("CONNECT ")) {
      connection.send("HTTP/1.1 200 Connected\r\n\r\n");
      connection.startTls(tls);
      if (connection.applicationProtocol().equals("h2")) {
        new RecordingHttp2(connection, arrived::add).serve();
        return;
      }
      head = readHead(connection);
    }
    List<String> lines = List.of(head.split("\r\n", -1));
    ArrivedRequest request = new ArrivedRequest(lines.get(0), lines.subList(1, lines.size()), "");
    if (!request.values("Expect").isEmpty()) {
      connection.send("HTTP/1.1 100 Continue\r\n\r\n");
    }
    byte[] body = readBody(connection, request);
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(body);
    all.writeBytes(rest(connection)); // nothing, unless the framing is wrong
    arrived.add(
        new ArrivedRequest(
            request.line(), request.fields(), all.toString(StandardCharsets.ISO_8859_1)));
  }

  private static byte[] rest(ServerConnection connection) {
    try {
      return connection.readToEnd();
    } catch (IOException reset) {
      return new byte[0];
    }
  }

  /** Without the empty line at its end. */
  private static String readHead(ServerConnection connection) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      head.append((char) (connection.readBytes(1)[0] & 0xff));
    }
    return head.substring(0, head.length() - 4);
  }

  private static byte[] readBody(ServerConnection connection, ArrivedRequest request)
      throws IOException {
    if (!request.values("Transfer-Encoding").isEmpty()) {
      return readChunks(connection);
    }
    List<String> length = request.values("Content-Length");
    return length.isEmpty() ? new byte[0] : connection.readBytes(Integer.parseInt(length.get(0)));
  }

  private static byte[] readChunks(ServerConnection connection) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = Integer.parseInt(readLine(connection), 16);
    while (size > 0) {
      body.writeBytes(connection.readBytes(size));
      readLine(connection);
      size = Integer.parseInt(readLine(connection), 16);
    }
    readLine(connection);
    return body.toByteArray();
  }

  private static String readLine(ServerConnection connection) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] octet = connection.readBytes(1);
    while (octet[0] != '\n') {
      line.writeBytes(octet);
      octet = connection.readBytes(1);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() {
    server.close();
  }
}
