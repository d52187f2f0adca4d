package io.httptrace.conformance.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The server's end of a connection. Used by the thread of its script only, unless noted. */
public final class ServerConnection {
  private final int number;
  private final Socket raw;
  private final Consumer<ReceivedRequestHead> heads;
  private final Consumer<String> names;
  private final Gate over = new Gate();
  private Socket socket;
  private InputStream in;
  private boolean shutDown;
  private volatile @Nullable Socket upstream;

  ServerConnection(
      int number, Socket raw, Consumer<ReceivedRequestHead> heads, Consumer<String> names)
      throws IOException {
    this.number = number;
    this.raw = raw;
    this.heads = heads;
    this.names = names;
    socket = raw;
    in = new BufferedInputStream(raw.getInputStream());
    raw.setTcpNoDelay(true);
  }

  /** {@return its number at the server: 1 for the connection that was accepted first} */
  public int number() {
    return number;
  }

  /**
   * Reads a request, head and body. The server records the head and counts the request as soon as
   * it has the head.
   *
   * @return the head
   * @throws IOException if the client closes or resets the connection first
   */
  public ReceivedRequestHead readRequest() throws IOException {
    ReceivedRequestHead head = readHead();
    readBody(head);
    return head;
  }

  /**
   * Reads the head of a request. The server records and counts it.
   *
   * @return the head
   * @throws IOException if the client closes or resets the connection first
   */
  public ReceivedRequestHead readHead() throws IOException {
    ReceivedRequestHead head = ReceivedRequestHead.parse(WireReader.head(in));
    heads.accept(head);
    return head;
  }

  /**
   * Records the head of a request that was not read by {@link #readHead}, and counts it.
   *
   * @param head the head
   */
  public void received(ReceivedRequestHead head) {
    heads.accept(head);
  }

  /**
   * Reads the whole body of a request.
   *
   * @param head the head of the request
   * @return the content of the body
   * @throws IOException if the client closes or resets the connection first
   */
  public byte[] readBody(ReceivedRequestHead head) throws IOException {
    return head.chunked() ? WireReader.chunks(in) : WireReader.exactly(in, head.contentLength());
  }

  /**
   * Reads some bytes.
   *
   * @param count how many
   * @return the bytes
   * @throws IOException if the client closes or resets the connection first
   */
  public byte[] readBytes(int count) throws IOException {
    return WireReader.exactly(in, count);
  }

  /**
   * Reads what the client sends until it closes the connection.
   *
   * @return the bytes
   * @throws IOException if the client resets the connection
   */
  public byte[] readToEnd() throws IOException {
    return in.readAllBytes();
  }

  /**
   * Records the name of a target that the client has asked for.
   *
   * @param name the name
   */
  public void askedFor(String name) {
    names.accept(name);
  }

  /**
   * Connects to another server at 127.0.0.1, and forwards bytes in both directions, until both have
   * ended or one has failed.
   *
   * @param port the port of the other server
   * @throws IOException if one side fails
   * @throws InterruptedException if the server is closed
   */
  public void relayTo(int port) throws IOException, InterruptedException {
    Socket other = new Socket(InetAddress.getLoopbackAddress(), port);
    upstream = other;
    Thread back = new Thread(() -> passBack(other), "server relay of #" + number);
    back.setDaemon(true);
    try {
      other.setTcpNoDelay(true);
      back.start();
      in.transferTo(other.getOutputStream());
      other.shutdownOutput();
      back.join();
    } finally {
      other.close();
      back.join();
    }
  }

  private void passBack(Socket other) {
    try {
      other.getInputStream().transferTo(socket.getOutputStream());
      close();
    } catch (IOException ended) {
      abort();
    }
  }

  /**
   * Sends text to another server at 127.0.0.1 and reads what it answers.
   *
   * @param port the port of the other server
   * @param text the text, each character as one byte
   * @return what it sent until it closed the connection
   * @throws IOException if the connection fails
   */
  public String exchangeWith(int port, String text) throws IOException {
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
      upstream = other;
      other.getOutputStream().write(text.getBytes(ISO_8859_1));
      return new String(other.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /**
   * Sends text, each character as one byte, in one write.
   *
   * @param text the text
   * @throws IOException if the client closed or reset the connection
   */
  public void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  /**
   * Sends bytes, in one write.
   *
   * @param bytes the bytes
   * @throws IOException if the client closed or reset the connection
   */
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /**
   * Sends text below TLS, though TLS has begun.
   *
   * @param text the text
   * @throws IOException if the client closed or reset the connection
   */
  public void sendInTheClear(String text) throws IOException {
    raw.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /**
   * Waits for a gate.
   *
   * @param gate the gate
   * @throws InterruptedException if the server is closed
   */
  public void await(Gate gate) throws InterruptedException {
    if (!gate.await(Waiting.LIMIT)) {
      throw new AssertionError("connection " + number + " waited in vain at a gate");
    }
  }

  /**
   * Does nothing for some time. Only for scenarios that are about time.
   *
   * @param time how long
   * @throws InterruptedException if the server is closed
   */
  public void pause(Duration time) throws InterruptedException {
    new Gate().await(time);
  }

  /**
   * Starts TLS: does the handshake.
   *
   * @param tls the TLS settings
   * @throws IOException if the handshake fails
   */
  public void startTls(ServerTls tls) throws IOException {
    SSLSocket secured = tls.wrap(raw);
    socket = secured;
    secured.startHandshake();
    in = new BufferedInputStream(secured.getInputStream());
  }

  /**
   * {@return the protocol that the handshake negotiated (RFC 7301), or the empty text if there is
   * none}
   */
  public String applicationProtocol() {
    String protocol = socket instanceof SSLSocket secured ? secured.getApplicationProtocol() : null;
    return protocol == null ? "" : protocol;
  }

  /**
   * Reads the record with the client's hello, and does not answer it.
   *
   * @return the record
   * @throws IOException if the client closes or resets the connection first
   */
  public byte[] readClientHello() throws IOException {
    return WireReader.tlsRecord(in);
  }

  /**
   * Sends the end of the stream (FIN), with TLS after a close_notify. Further bytes of the client
   * can be read, and are dropped after the script.
   *
   * @throws IOException if the client reset the connection
   */
  public void close() throws IOException {
    if (!shutDown) {
      shutDown = true;
      if (socket != raw) {
        ((SSLSocket) socket).shutdownOutput();
      }
      raw.shutdownOutput();
    }
  }

  /**
   * Ends TLS with a close_notify, and leaves the connection below it open.
   *
   * @throws IOException if the client reset the connection
   */
  public void endTls() throws IOException {
    ((AcceptedSocket) raw).hold();
    ((SSLSocket) socket).shutdownOutput();
  }

  /**
   * Resets the connection (RST).
   *
   * @throws IOException if the connection is in a state that does not allow it
   */
  public void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
    over.open();
  }

  /**
   * Reads and drops bytes until the client closes or resets the connection.
   *
   * @throws IOException if the client resets the connection
   */
  public void awaitPeerClose() throws IOException {
    in.transferTo(java.io.OutputStream.nullOutputStream());
    over.open();
  }

  /** {@return the gate that opens when the connection is over at both ends; for any thread} */
  public Gate over() {
    return over;
  }

  /** Ends the connection after its script. */
  void finish() {
    try {
      if (!raw.isClosed()) {
        awaitPeerClose();
      }
    } catch (IOException alsoAnEnd) {
      over.open();
    } finally {
      abort();
    }
  }

  /** Closes the socket, even if another thread uses it. For any thread. */
  void abort() {
    try {
      raw.close();
      Socket other = upstream;
      if (other != null) {
        other.close();
      }
    } catch (IOException nothingToClose) {
      requireNonNull(nothingToClose);
    }
    over.open();
  }

  @Override
  public String toString() {
    return "#" + number + " from " + raw.getRemoteSocketAddress();
  }
}
