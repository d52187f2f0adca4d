package io.httptrace.conformance.guide;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Somebody's client, with callbacks of its own: GET over one connection, which it keeps. */
final class PlainClient implements Closeable {
  private @Nullable Socket kept;

  /** What the client tells of a request. */
  interface Listener {
    Listener NONE = new Listener() {};

    default void connecting(InetSocketAddress address) {}

    default void connected(@Nullable IOException error) {}

    default void took(Socket socket, boolean kept) {}

    default void sent() {}

    default void gotHead(int status) {}

    default void ended(@Nullable IOException error) {}
  }

  record Response(int status, InputStream body) {}

  Response get(URI uri, @Nullable Listener told) throws IOException {
    Listener listener = told == null ? Listener.NONE : told;
    try {
      Socket socket = kept != null ? kept : connect(uri, listener);
      listener.took(socket, kept != null);
      kept = null;
      Response response = exchange(uri, socket, listener);
      kept = socket;
      listener.ended(null);
      return response;
    } catch (IOException e) {
      listener.ended(e);
      throw e;
    }
  }

  private static Socket connect(URI uri, Listener listener) throws IOException {
    InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
    Socket socket = new Socket();
    listener.connecting(address);
    try {
      socket.connect(address);
    } catch (IOException e) {
      listener.connected(e);
      throw e;
    }
    listener.connected(null);
    return socket;
  }

  private static Response exchange(URI uri, Socket socket, Listener listener) throws IOException {
    String head = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    listener.sent();
    String received = readHead(socket.getInputStream());
    int status = Integer.parseInt(received.split(" ", 3)[1]);
    listener.gotHead(status);
    String length = received.replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length));
    return new Response(status, new ByteArrayInputStream(body));
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        in.close();
        throw new EOFException("no response");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    if (kept != null) {
      kept.close();
    }
  }
}
