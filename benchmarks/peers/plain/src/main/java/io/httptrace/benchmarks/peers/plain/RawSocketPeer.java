package io.httptrace.benchmarks.peers.plain;

import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What is possible over HTTP/1.1: each thread has a socket that blocks, writes the same bytes each
 * time and reads as many as the first response had. Nothing is parsed. With TLS each request has a
 * socket of its own.
 */
public final class RawSocketPeer implements PeerClient {
  private final PeerConfig config;
  private final SSLContext tls;
  private final ConcurrentHashMap<String, FixedExchange> exchanges = new ConcurrentHashMap<>();
  private final ThreadLocal<RawConnection> connections =
      ThreadLocal.withInitial(this::newConnection);

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public RawSocketPeer(PeerConfig config) throws IOException, GeneralSecurityException {
    this.config = config;
    this.tls = config.sslContext();
  }

  private RawConnection newConnection() {
    try {
      return new RawConnection(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket connect() throws IOException {
    InetSocketAddress server = config.address();
    Socket socket = config.tls() ? tls.getSocketFactory().createSocket() : new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(server);
    if (socket instanceof SSLSocket secure) {
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
    }
    return socket;
  }

  private FixedExchange exchange(String path, byte @Nullable [] body) {
    return exchanges.computeIfAbsent(
        path,
        first -> {
          try (Socket probe = connect()) {
            return new FixedExchange(config, path, body, probe);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private byte[] small(FixedExchange exchange) throws IOException {
    RawConnection connection = connections.get();
    connection.exchange(exchange);
    return connection.body(exchange);
  }

  @Override
  public byte[] get(String path) throws IOException {
    FixedExchange exchange = exchange(path, null);
    return config.tls() ? onNewConnection(exchange) : small(exchange);
  }

  private byte[] onNewConnection(FixedExchange exchange) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(exchange.request());
      byte[] response = socket.getInputStream().readNBytes(exchange.length());
      if (response.length < exchange.length()) {
        throw new EOFException();
      }
      return Arrays.copyOfRange(
          response, exchange.length() - exchange.bodyLength(), response.length);
    }
  }

  @Override
  public byte[] post(String path, byte[] body) throws IOException {
    return small(exchange(path, body));
  }

  @Override
  public long download(String path) throws IOException {
    FixedExchange exchange = exchange(path, null);
    connections.get().exchange(exchange);
    return exchange.bodyLength();
  }

  @Override
  public void close() {}
}
