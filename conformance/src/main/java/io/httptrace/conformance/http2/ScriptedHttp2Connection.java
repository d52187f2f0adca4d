package io.httptrace.conformance.http2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * HTTP/2 on the server's side, frame by frame: a script sends any frames or bytes at any time, and
 * waits for frames of the client. Other frames that arrive meanwhile are kept, in order, until the
 * script waits for them. While it waits, the client's SETTINGS and PINGs are answered and windows
 * are given back for its DATA; a script can do that itself instead.
 *
 * <p>A violation by the client is an assertion error, and so a problem of the server. Used by the
 * thread of the script only, except for the methods that send.
 */
public final class ScriptedHttp2Connection {
  private final ServerConnection connection;
  private final ProtocolMonitor monitor = new ProtocolMonitor();
  private final ClientFrameReader reader;
  private final List<ReceivedFrame> kept = new ArrayList<>();
  private final List<Frame> received = new ArrayList<>();
  private Http2Settings clientSettings = Http2Settings.none();
  private boolean answers = true;
  private boolean grants = true;

  private ScriptedHttp2Connection(ServerConnection connection) {
    this.connection = connection;
    reader = new ClientFrameReader(connection, monitor);
  }

  /**
   * {@return HTTP/2 from the next byte on: in clear text with prior knowledge (RFC 9113, section
   * 3.3), or after a finished handshake}
   *
   * @param connection the connection
   */
  public static ScriptedHttp2Connection over(ServerConnection connection) {
    return new ScriptedHttp2Connection(connection);
  }

  /**
   * {@return HTTP/2 after a handshake}
   *
   * @param connection the connection
   * @param tls how TLS is spoken; the protocols are replaced by {@code h2}
   * @throws IOException if the handshake fails
   */
  public static ScriptedHttp2Connection overTls(ServerConnection connection, ServerTls tls)
      throws IOException {
    connection.startTls(tls.protocols("h2"));
    String protocol = connection.applicationProtocol();
    if (!protocol.equals("h2")) {
      throw new AssertionError("the client does not take h2 but '" + protocol + "'");
    }
    return new ScriptedHttp2Connection(connection);
  }

  /**
   * {@return HTTP/2 after an HTTP/1.1 request that asks for it, which gets a 101 and becomes stream
   * 1 (RFC 7540, section 3.2)} The request counts once.
   *
   * @param connection the connection
   * @throws IOException if the client closes or resets the connection
   */
  public static ScriptedHttp2Connection upgraded(ServerConnection connection) throws IOException {
    Upgrade upgrade = Upgrade.read(connection);
    ScriptedHttp2Connection http2 = new ScriptedHttp2Connection(connection);
    connection.send(Upgrade.SWITCHING);
    http2.monitor.upgraded();
    http2.clientSettings = upgrade.settings();
    http2.kept.add(
        new ReceivedFrame(Frame.of(Frame.HEADERS, Frame.END_STREAM, 1), upgrade.headers()));
    return http2;
  }

  /** {@return the underlying connection} */
  public ServerConnection connection() {
    return connection;
  }

  /** {@return this, which does not answer SETTINGS and PING by itself from now on} */
  public ScriptedHttp2Connection withoutAnswers() {
    answers = false;
    return this;
  }

  /** {@return this, which does not give windows back by itself from now on} */
  public ScriptedHttp2Connection withoutGrants() {
    grants = false;
    return this;
  }

  /**
   * Reads the client's preface.
   *
   * @throws IOException if the client closes or resets the connection
   */
  public void readPreface() throws IOException {
    reader.readPreface();
  }

  /**
   * Begins like a server: reads the preface, sends SETTINGS, and waits for those of the client.
   *
   * @param settings the server's settings
   * @return this
   * @throws IOException if the client closes or resets the connection
   */
  public ScriptedHttp2Connection begin(Http2Settings settings) throws IOException {
    reader.readPreface();
    send(Frame.settings(settings));
    await(Frame.SETTINGS, frame -> !frame.has(Frame.ACK));
    return this;
  }

  /** {@return the client's settings so far} */
  public Http2Settings clientSettings() {
    return clientSettings;
  }

  /** {@return all frames of the client so far, in order; HEADERS with their CONTINUATION} */
  public List<Frame> received() {
    return List.copyOf(received);
  }

  /**
   * Waits for the head of the next request, on any stream.
   *
   * @return the head
   * @throws IOException if the client closes or resets the connection
   */
  public ReceivedHeaders awaitRequest() throws IOException {
    return headers(in -> in.headers() != null && in.headers().isRequest());
  }

  /**
   * Waits for trailers.
   *
   * @param stream the stream
   * @return the trailers
   * @throws IOException if the client closes or resets the connection
   */
  public ReceivedHeaders awaitTrailers(int stream) throws IOException {
    return headers(
        in -> in.headers() != null && !in.headers().isRequest() && in.headers().stream() == stream);
  }

  private ReceivedHeaders headers(Predicate<ReceivedFrame> wanted) throws IOException {
    ReceivedHeaders headers = take(wanted).headers();
    if (headers == null) {
      throw new IllegalStateException();
    }
    return headers;
  }

  /**
   * Waits for the next frame of a type, on any stream.
   *
   * @param type the type
   * @return the frame
   * @throws IOException if the client closes or resets the connection
   */
  public Frame await(int type) throws IOException {
    return await(type, frame -> true);
  }

  /**
   * Waits for the next frame of a type on a stream.
   *
   * @param type the type
   * @param stream the stream, 0 for the connection
   * @return the frame
   * @throws IOException if the client closes or resets the connection
   */
  public Frame await(int type, int stream) throws IOException {
    return await(type, frame -> frame.stream() == stream);
  }

  private Frame await(int type, Predicate<Frame> wanted) throws IOException {
    return take(in -> in.frame().type() == type && wanted.test(in.frame())).frame();
  }

  /**
   * Waits until the client resets a stream.
   *
   * @param stream the stream
   * @return the error code
   * @throws IOException if the client closes or resets the connection
   */
  public int awaitReset(int stream) throws IOException {
    return await(Frame.RST_STREAM, stream).intAt(0);
  }

  /**
   * Waits until the client ends the connection by GOAWAY.
   *
   * @return the error code
   * @throws IOException if the client closes or resets the connection without GOAWAY
   */
  public int awaitGoAway() throws IOException {
    return await(Frame.GOAWAY).intAt(4);
  }

  /**
   * Waits until the client has acknowledged settings.
   *
   * @throws IOException if the client closes or resets the connection
   */
  public void awaitSettingsAck() throws IOException {
    await(Frame.SETTINGS, frame -> frame.has(Frame.ACK));
  }

  /**
   * Reads the body of a request to its end.
   *
   * @param request the head of the request
   * @return the content
   * @throws IOException if the client closes or resets the connection
   */
  public byte[] readBody(ReceivedHeaders request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean ended = request.endStream();
    while (!ended) {
      Frame next =
          take(in ->
                  in.frame().stream() == request.stream()
                      && in.frame().type() != Frame.WINDOW_UPDATE
                      && in.frame().type() != Frame.PRIORITY)
              .frame();
      switch (next.type()) {
        case Frame.DATA -> body.writeBytes(next.content());
        case Frame.HEADERS -> {}
        default -> throw new AssertionError("the client sent no body but " + next);
      }
      ended = next.has(Frame.END_STREAM);
    }
    return body.toByteArray();
  }

  /**
   * Sends frames in one write. For any thread.
   *
   * @param frames the frames
   * @throws IOException if the client closed or reset the connection
   */
  public synchronized void send(Frame... frames) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      monitor.sent(frame);
      bytes.writeBytes(frame.bytes());
    }
    connection.send(bytes.toByteArray());
  }

  /**
   * Sends any bytes in one write. For any thread.
   *
   * @param bytes the bytes
   * @throws IOException if the client closed or reset the connection
   */
  public synchronized void send(byte[] bytes) throws IOException {
    connection.send(bytes);
  }

  /**
   * Sends a whole response: a head with the length of the body, and the body in one frame, if there
   * is any; in one write. For any thread.
   *
   * @param stream the stream
   * @param status the status code
   * @param body the body
   * @throws IOException if the client closed or reset the connection
   */
  public void respond(int stream, int status, String body) throws IOException {
    byte[] content = body.getBytes(UTF_8);
    HeaderBlock head =
        HeaderBlock.status(status).field("content-length", String.valueOf(content.length));
    if (content.length == 0) {
      send(Frame.headers(stream, head).endStream());
    } else {
      send(Frame.headers(stream, head), Frame.data(stream, content).endStream());
    }
  }

  /** {@return the highest stream that the client has opened} */
  public int lastStream() {
    return monitor.lastStream();
  }

  private ReceivedFrame take(Predicate<ReceivedFrame> wanted) throws IOException {
    for (Iterator<ReceivedFrame> old = kept.iterator(); old.hasNext(); ) {
      ReceivedFrame next = old.next();
      if (wanted.test(next)) {
        old.remove();
        return next;
      }
    }
    while (true) {
      ReceivedFrame next = reader.next();
      ReceivedHeaders headers = next.headers();
      if (headers != null && headers.isRequest()) {
        connection.received(headers.head());
      }
      received.add(next.frame());
      react(next.frame());
      if (wanted.test(next)) {
        return next;
      }
      kept.add(next);
    }
  }

  private void react(Frame frame) throws IOException {
    if (frame.type() == Frame.SETTINGS && !frame.has(Frame.ACK)) {
      clientSettings = clientSettings.and(Http2Settings.parse(frame.payload()));
      if (answers) {
        send(Frame.settingsAck());
      }
    } else if (frame.type() == Frame.PING && !frame.has(Frame.ACK) && answers) {
      send(Frame.of(Frame.PING, Frame.ACK, 0, frame.payload()));
    } else if (frame.type() == Frame.DATA && frame.length() > 0 && grants) {
      grant(frame);
    }
  }

  private void grant(Frame data) throws IOException {
    Frame connectionWindow = Frame.windowUpdate(0, data.length());
    if (monitor.hasEnded(data.stream())) {
      send(connectionWindow);
    } else {
      send(connectionWindow, Frame.windowUpdate(data.stream(), data.length()));
    }
  }
}
