package io.httptrace.apache;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.ConnPoolSupport;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Identifiable;
import org.apache.hc.core5.util.Timeout;

/** A connection during one exchange, which it tells of what is written and read. */
class ClassicConnection implements HttpClientConnection, Identifiable {
  private final HttpClientConnection connection;
  private final ClassicExchange exchange;

  private ClassicConnection(HttpClientConnection connection, ClassicExchange exchange) {
    this.connection = connection;
    this.exchange = exchange;
  }

  static ClassicConnection of(HttpClientConnection connection, ClassicExchange exchange) {
    return connection instanceof ManagedHttpClientConnection managed
        ? new Managed(managed, exchange)
        : new ClassicConnection(connection, exchange);
  }

  // ---- Writing

  @Override
  public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
    try {
      connection.sendRequestHeader(request);
    } catch (HttpException | IOException | RuntimeException failed) {
      exchange.writingFailed(connection, failed);
      throw failed;
    }
    exchange.wroteHead(connection, request);
  }

  @Override
  public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
    HttpEntity body = request.getEntity();
    if (body != null) {
      request.setEntity(new ClassicRequestEntity(body, () -> exchange.wrotePart(connection)));
    }
    try {
      connection.sendRequestEntity(request);
    } catch (HttpException | IOException | RuntimeException failed) {
      exchange.writingFailed(connection, failed);
      throw failed;
    } finally {
      request.setEntity(body);
    }
    exchange.bodyHandled();
  }

  @Override
  public void terminateRequest(ClassicHttpRequest request) throws HttpException, IOException {
    try {
      connection.terminateRequest(request);
    } catch (HttpException | IOException | RuntimeException failed) {
      exchange.writingFailed(connection, failed);
      throw failed;
    }
    exchange.bodyHandled();
  }

  @Override
  public void flush() throws IOException {
    try {
      connection.flush();
    } catch (IOException | RuntimeException failed) {
      exchange.writingFailed(connection, failed);
      throw failed;
    }
    exchange.flushed();
  }

  // ---- Reading

  @Override
  public boolean isDataAvailable(Timeout timeout) throws IOException {
    exchange.waits();
    boolean available = connection.isDataAvailable(timeout);
    if (available) {
      exchange.firstByte();
    }
    return available;
  }

  @Override
  public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
    ClassicHttpResponse response = awaitHead();
    exchange.gotHead(response);
    return response;
  }

  /** Reads the head, but first waits for its first byte as long as the connection would. */
  private ClassicHttpResponse awaitHead() throws HttpException, IOException {
    if (!exchange.isAnswered()) {
      Timeout limit = Timeout.defaultsToInfinite(connection.getSocketTimeout());
      if (connection.isDataAvailable(limit)) {
        exchange.firstByte();
      } else if (limit.isEnabled()) {
        // The time is up, or the connection has ended: it says itself which.
        connection.setSocketTimeout(Timeout.ONE_MILLISECOND);
        try {
          return connection.receiveResponseHeader();
        } finally {
          connection.setSocketTimeout(limit);
        }
      }
    }
    return connection.receiveResponseHeader();
  }

  @Override
  public void receiveResponseEntity(ClassicHttpResponse response)
      throws HttpException, IOException {
    connection.receiveResponseEntity(response);
    exchange.receives(response);
  }

  // ---- As it is

  @Override
  public boolean isConsistent() {
    return connection.isConsistent();
  }

  @Override
  public boolean isStale() throws IOException {
    return connection.isStale();
  }

  @Override
  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public EndpointDetails getEndpointDetails() {
    return connection.getEndpointDetails();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return connection.getLocalAddress();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return connection.getRemoteAddress();
  }

  @Override
  public ProtocolVersion getProtocolVersion() {
    return connection.getProtocolVersion();
  }

  @Override
  public SSLSession getSSLSession() {
    return connection.getSSLSession();
  }

  @Override
  public Timeout getSocketTimeout() {
    return connection.getSocketTimeout();
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    connection.setSocketTimeout(timeout);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  @Override
  public void close(CloseMode closeMode) {
    connection.close(closeMode);
  }

  @Override
  public String getId() {
    return ConnPoolSupport.getId(connection);
  }

  @Override
  public String toString() {
    return connection.toString();
  }

  /** One of the client's own. */
  private static final class Managed extends ClassicConnection
      implements ManagedHttpClientConnection {
    private final ManagedHttpClientConnection connection;

    Managed(ManagedHttpClientConnection connection, ClassicExchange exchange) {
      super(connection, exchange);
      this.connection = connection;
    }

    @Override
    public void bind(Socket socket) throws IOException {
      connection.bind(socket);
    }

    @Override
    public void bind(SSLSocket sslSocket, Socket socket) throws IOException {
      connection.bind(sslSocket, socket);
    }

    @Override
    public Socket getSocket() {
      return connection.getSocket();
    }

    @Override
    public void passivate() {
      connection.passivate();
    }

    @Override
    public void activate() {
      connection.activate();
    }
  }
}
