package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A connection, as it was when a request got it. The connection itself belongs to the client. */
public final class ConnectionInfo {
  private final long id;
  private final SocketAddress localAddress;
  private final SocketAddress remoteAddress;
  private final String protocol;
  private final @Nullable TlsConnectionState tls;
  private final long requestsBefore;

  private ConnectionInfo(
      long id,
      SocketAddress localAddress,
      SocketAddress remoteAddress,
      String protocol,
      @Nullable TlsConnectionState tls,
      long requestsBefore) {
    this.id = id;
    this.localAddress = requireNonNull(localAddress, "localAddress");
    this.remoteAddress = requireNonNull(remoteAddress, "remoteAddress");
    this.protocol = requireNonNull(protocol, "protocol");
    this.tls = tls;
    this.requestsBefore = requestsBefore;
  }

  /**
   * {@return a connection}
   *
   * @param id unique among the connections of the client; positive
   * @param localAddress this end
   * @param remoteAddress the other end: the server, or the proxy
   * @param protocol {@code HTTP/1.1} or {@code HTTP/2}
   * @param tls what TLS negotiated with the target, or null for a plain connection
   * @param requestsBefore how many requests have been started on it before
   */
  public static ConnectionInfo of(
      long id,
      SocketAddress localAddress,
      SocketAddress remoteAddress,
      String protocol,
      @Nullable TlsConnectionState tls,
      long requestsBefore) {
    return new ConnectionInfo(id, localAddress, remoteAddress, protocol, tls, requestsBefore);
  }

  /** {@return the id: unique among the connections of one client, and positive} */
  public long id() {
    return id;
  }

  /** {@return the address of this end} */
  public SocketAddress localAddress() {
    return localAddress;
  }

  /** {@return the address of the other end: the server, or the proxy} */
  public SocketAddress remoteAddress() {
    return remoteAddress;
  }

  /** {@return the protocol spoken on it: {@code HTTP/1.1} or {@code HTTP/2}} */
  public String protocol() {
    return protocol;
  }

  /** {@return what TLS negotiated with the target, or null for a plain connection} */
  public @Nullable TlsConnectionState tls() {
    return tls;
  }

  /** {@return how many requests had been started on it before this one; 0 if it is new} */
  public long requestsBefore() {
    return requestsBefore;
  }

  @Override
  public String toString() {
    return "#" + id + " " + protocol + " " + localAddress + "->" + remoteAddress;
  }
}
