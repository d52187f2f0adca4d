package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ClientTrace} from functions.
 *
 * <p>Each method sets one hook and replaces the function that was set before; a hook that is not
 * set does nothing. A builder is not safe for use by several threads; the traces it builds are, if
 * their functions are.
 */
public final class ClientTraceBuilder {

  /** A function for {@link ClientTrace#got1xxResponse}. */
  @FunctionalInterface
  public interface Got1xxResponse {
    /**
     * Takes an informational response.
     *
     * @param code the status code
     * @param header the fields
     * @throws IOException to abort the request
     */
    void accept(int code, Map<String, List<String>> header) throws IOException;
  }

  /** A function for {@link ClientTrace#connectDone}. */
  @FunctionalInterface
  public interface ConnectDone {
    /**
     * Takes the end of a connection attempt.
     *
     * @param network {@code tcp}
     * @param addr the address
     * @param error null if the attempt succeeded
     */
    void accept(String network, SocketAddress addr, @Nullable Throwable error);
  }

  /** A function for {@link ClientTrace#proxyConnectDone}. */
  @FunctionalInterface
  public interface ProxyConnectDone {
    /**
     * Takes the answer of a proxy.
     *
     * @param status the status, or -1 if there was no answer
     * @param error null if the tunnel is open
     */
    void accept(int status, @Nullable Throwable error);
  }

  // Read by FunctionTrace.
  Consumer<String> getConn = a -> {};
  Consumer<GotConnInfo> gotConn = a -> {};
  Consumer<@Nullable Throwable> putIdleConn = a -> {};
  Runnable gotFirstResponseByte = () -> {};
  Runnable got100Continue = () -> {};
  Got1xxResponse got1xxResponse = (code, header) -> {};
  Consumer<DnsStartInfo> dnsStart = a -> {};
  Consumer<DnsDoneInfo> dnsDone = a -> {};
  BiConsumer<String, SocketAddress> connectStart = (a, b) -> {};
  ConnectDone connectDone = (network, addr, error) -> {};
  Runnable tlsHandshakeStart = () -> {};
  BiConsumer<@Nullable TlsConnectionState, @Nullable Throwable> tlsHandshakeDone = (a, b) -> {};
  BiConsumer<String, List<String>> wroteHeaderField = (a, b) -> {};
  Runnable wroteHeaders = () -> {};
  Runnable wait100Continue = () -> {};
  Consumer<WroteRequestInfo> wroteRequest = a -> {};
  Consumer<RoundTripStartInfo> roundTripStart = a -> {};
  Consumer<ConnWaitReason> connWaitStart = a -> {};
  Consumer<SocketAddress> proxyConnectStart = a -> {};
  ProxyConnectDone proxyConnectDone = (status, error) -> {};
  Consumer<GotResponseInfo> gotResponse = a -> {};
  Consumer<RoundTripDoneInfo> roundTripDone = a -> {};

  final Set<Hook> hooks = EnumSet.noneOf(Hook.class);

  ClientTraceBuilder() {}

  private <T> T set(Hook which, T hook) {
    requireNonNull(hook, "hook");
    hooks.add(which);
    return hook;
  }

  /**
   * Sets the function for {@link ClientTrace#getConn}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder getConn(Consumer<String> hook) {
    this.getConn = set(Hook.GET_CONN, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#gotConn}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder gotConn(Consumer<GotConnInfo> hook) {
    this.gotConn = set(Hook.GOT_CONN, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#putIdleConn}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder putIdleConn(Consumer<@Nullable Throwable> hook) {
    this.putIdleConn = set(Hook.PUT_IDLE_CONN, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#gotFirstResponseByte}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder gotFirstResponseByte(Runnable hook) {
    this.gotFirstResponseByte = set(Hook.GOT_FIRST_RESPONSE_BYTE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#got100Continue}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder got100Continue(Runnable hook) {
    this.got100Continue = set(Hook.GOT_100_CONTINUE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#got1xxResponse}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder got1xxResponse(Got1xxResponse hook) {
    this.got1xxResponse = set(Hook.GOT_1XX_RESPONSE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#dnsStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder dnsStart(Consumer<DnsStartInfo> hook) {
    this.dnsStart = set(Hook.DNS_START, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#dnsDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder dnsDone(Consumer<DnsDoneInfo> hook) {
    this.dnsDone = set(Hook.DNS_DONE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#connectStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder connectStart(BiConsumer<String, SocketAddress> hook) {
    this.connectStart = set(Hook.CONNECT_START, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#connectDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder connectDone(ConnectDone hook) {
    this.connectDone = set(Hook.CONNECT_DONE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#tlsHandshakeStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder tlsHandshakeStart(Runnable hook) {
    this.tlsHandshakeStart = set(Hook.TLS_HANDSHAKE_START, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#tlsHandshakeDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder tlsHandshakeDone(
      BiConsumer<@Nullable TlsConnectionState, @Nullable Throwable> hook) {
    this.tlsHandshakeDone = set(Hook.TLS_HANDSHAKE_DONE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#wroteHeaderField}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder wroteHeaderField(BiConsumer<String, List<String>> hook) {
    this.wroteHeaderField = set(Hook.WROTE_HEADER_FIELD, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#wroteHeaders}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder wroteHeaders(Runnable hook) {
    this.wroteHeaders = set(Hook.WROTE_HEADERS, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#wait100Continue}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder wait100Continue(Runnable hook) {
    this.wait100Continue = set(Hook.WAIT_100_CONTINUE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#wroteRequest}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder wroteRequest(Consumer<WroteRequestInfo> hook) {
    this.wroteRequest = set(Hook.WROTE_REQUEST, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#roundTripStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder roundTripStart(Consumer<RoundTripStartInfo> hook) {
    this.roundTripStart = set(Hook.ROUND_TRIP_START, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#connWaitStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder connWaitStart(Consumer<ConnWaitReason> hook) {
    this.connWaitStart = set(Hook.CONN_WAIT_START, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#proxyConnectStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder proxyConnectStart(Consumer<SocketAddress> hook) {
    this.proxyConnectStart = set(Hook.PROXY_CONNECT_START, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#proxyConnectDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder proxyConnectDone(ProxyConnectDone hook) {
    this.proxyConnectDone = set(Hook.PROXY_CONNECT_DONE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#gotResponse}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder gotResponse(Consumer<GotResponseInfo> hook) {
    this.gotResponse = set(Hook.GOT_RESPONSE, hook);
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#roundTripDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder roundTripDone(Consumer<RoundTripDoneInfo> hook) {
    this.roundTripDone = set(Hook.ROUND_TRIP_DONE, hook);
    return this;
  }

  /**
   * {@return a trace of the functions set so far} Later changes of this builder do not reach it.
   */
  public ClientTrace build() {
    return new FunctionTrace(this);
  }

  /** {@return the hooks that have been set} */
  @Override
  public String toString() {
    return "ClientTraceBuilder" + hooks;
  }
}
