package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ClientTrace} from functions.
 *
 * <p>Each method sets one hook, which replaces the function set before; a hook that is not set does
 * nothing. A builder is not safe for use by several threads; the traces it builds are, as far as
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

  private Consumer<String> getConn = a -> {};
  private Consumer<GotConnInfo> gotConn = a -> {};
  private Consumer<@Nullable Throwable> putIdleConn = a -> {};
  private Runnable gotFirstResponseByte = () -> {};
  private Runnable got100Continue = () -> {};
  private Got1xxResponse got1xxResponse = (code, header) -> {};
  private Consumer<DnsStartInfo> dnsStart = a -> {};
  private Consumer<DnsDoneInfo> dnsDone = a -> {};
  private BiConsumer<String, SocketAddress> connectStart = (a, b) -> {};
  private ConnectDone connectDone = (network, addr, error) -> {};
  private Runnable tlsHandshakeStart = () -> {};
  private BiConsumer<@Nullable TlsConnectionState, @Nullable Throwable> tlsHandshakeDone =
      (a, b) -> {};
  private BiConsumer<String, List<String>> wroteHeaderField = (a, b) -> {};
  private Runnable wroteHeaders = () -> {};
  private Runnable wait100Continue = () -> {};
  private Consumer<WroteRequestInfo> wroteRequest = a -> {};
  private Consumer<RoundTripStartInfo> roundTripStart = a -> {};
  private Consumer<ConnWaitReason> connWaitStart = a -> {};
  private Consumer<SocketAddress> proxyConnectStart = a -> {};
  private ProxyConnectDone proxyConnectDone = (status, error) -> {};
  private Consumer<GotResponseInfo> gotResponse = a -> {};
  private Consumer<RoundTripDoneInfo> roundTripDone = a -> {};

  ClientTraceBuilder() {}

  /**
   * Sets the function for {@link ClientTrace#getConn}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder getConn(Consumer<String> hook) {
    this.getConn = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#gotConn}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder gotConn(Consumer<GotConnInfo> hook) {
    this.gotConn = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#putIdleConn}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder putIdleConn(Consumer<@Nullable Throwable> hook) {
    this.putIdleConn = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#gotFirstResponseByte}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder gotFirstResponseByte(Runnable hook) {
    this.gotFirstResponseByte = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#got100Continue}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder got100Continue(Runnable hook) {
    this.got100Continue = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#got1xxResponse}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder got1xxResponse(Got1xxResponse hook) {
    this.got1xxResponse = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#dnsStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder dnsStart(Consumer<DnsStartInfo> hook) {
    this.dnsStart = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#dnsDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder dnsDone(Consumer<DnsDoneInfo> hook) {
    this.dnsDone = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#connectStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder connectStart(BiConsumer<String, SocketAddress> hook) {
    this.connectStart = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#connectDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder connectDone(ConnectDone hook) {
    this.connectDone = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#tlsHandshakeStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder tlsHandshakeStart(Runnable hook) {
    this.tlsHandshakeStart = requireNonNull(hook, "hook");
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
    this.tlsHandshakeDone = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#wroteHeaderField}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder wroteHeaderField(BiConsumer<String, List<String>> hook) {
    this.wroteHeaderField = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#wroteHeaders}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder wroteHeaders(Runnable hook) {
    this.wroteHeaders = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#wait100Continue}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder wait100Continue(Runnable hook) {
    this.wait100Continue = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#wroteRequest}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder wroteRequest(Consumer<WroteRequestInfo> hook) {
    this.wroteRequest = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#roundTripStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder roundTripStart(Consumer<RoundTripStartInfo> hook) {
    this.roundTripStart = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#connWaitStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder connWaitStart(Consumer<ConnWaitReason> hook) {
    this.connWaitStart = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#proxyConnectStart}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder proxyConnectStart(Consumer<SocketAddress> hook) {
    this.proxyConnectStart = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#proxyConnectDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder proxyConnectDone(ProxyConnectDone hook) {
    this.proxyConnectDone = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#gotResponse}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder gotResponse(Consumer<GotResponseInfo> hook) {
    this.gotResponse = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * Sets the function for {@link ClientTrace#roundTripDone}.
   *
   * @param hook the function
   * @return this builder
   */
  public ClientTraceBuilder roundTripDone(Consumer<RoundTripDoneInfo> hook) {
    this.roundTripDone = requireNonNull(hook, "hook");
    return this;
  }

  /**
   * {@return a trace of the functions set so far} Later changes of this builder do not reach it.
   */
  public ClientTrace build() {
    return new FunctionTrace(this);
  }

  /** A trace whose hooks are the functions of a builder. */
  private static final class FunctionTrace implements ClientTrace {
    private final Consumer<String> getConn;
    private final Consumer<GotConnInfo> gotConn;
    private final Consumer<@Nullable Throwable> putIdleConn;
    private final Runnable gotFirstResponseByte;
    private final Runnable got100Continue;
    private final Got1xxResponse got1xxResponse;
    private final Consumer<DnsStartInfo> dnsStart;
    private final Consumer<DnsDoneInfo> dnsDone;
    private final BiConsumer<String, SocketAddress> connectStart;
    private final ConnectDone connectDone;
    private final Runnable tlsHandshakeStart;
    private final BiConsumer<@Nullable TlsConnectionState, @Nullable Throwable> tlsHandshakeDone;
    private final BiConsumer<String, List<String>> wroteHeaderField;
    private final Runnable wroteHeaders;
    private final Runnable wait100Continue;
    private final Consumer<WroteRequestInfo> wroteRequest;
    private final Consumer<RoundTripStartInfo> roundTripStart;
    private final Consumer<ConnWaitReason> connWaitStart;
    private final Consumer<SocketAddress> proxyConnectStart;
    private final ProxyConnectDone proxyConnectDone;
    private final Consumer<GotResponseInfo> gotResponse;
    private final Consumer<RoundTripDoneInfo> roundTripDone;

    FunctionTrace(ClientTraceBuilder b) {
      this.getConn = b.getConn;
      this.gotConn = b.gotConn;
      this.putIdleConn = b.putIdleConn;
      this.gotFirstResponseByte = b.gotFirstResponseByte;
      this.got100Continue = b.got100Continue;
      this.got1xxResponse = b.got1xxResponse;
      this.dnsStart = b.dnsStart;
      this.dnsDone = b.dnsDone;
      this.connectStart = b.connectStart;
      this.connectDone = b.connectDone;
      this.tlsHandshakeStart = b.tlsHandshakeStart;
      this.tlsHandshakeDone = b.tlsHandshakeDone;
      this.wroteHeaderField = b.wroteHeaderField;
      this.wroteHeaders = b.wroteHeaders;
      this.wait100Continue = b.wait100Continue;
      this.wroteRequest = b.wroteRequest;
      this.roundTripStart = b.roundTripStart;
      this.connWaitStart = b.connWaitStart;
      this.proxyConnectStart = b.proxyConnectStart;
      this.proxyConnectDone = b.proxyConnectDone;
      this.gotResponse = b.gotResponse;
      this.roundTripDone = b.roundTripDone;
    }

    @Override
    public void getConn(String hostPort) {
      getConn.accept(hostPort);
    }

    @Override
    public void gotConn(GotConnInfo info) {
      gotConn.accept(info);
    }

    @Override
    public void putIdleConn(@Nullable Throwable error) {
      putIdleConn.accept(error);
    }

    @Override
    public void gotFirstResponseByte() {
      gotFirstResponseByte.run();
    }

    @Override
    public void got100Continue() {
      got100Continue.run();
    }

    @Override
    public void got1xxResponse(int code, Map<String, List<String>> header) throws IOException {
      got1xxResponse.accept(code, header);
    }

    @Override
    public void dnsStart(DnsStartInfo info) {
      dnsStart.accept(info);
    }

    @Override
    public void dnsDone(DnsDoneInfo info) {
      dnsDone.accept(info);
    }

    @Override
    public void connectStart(String network, SocketAddress addr) {
      connectStart.accept(network, addr);
    }

    @Override
    public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
      connectDone.accept(network, addr, error);
    }

    @Override
    public void tlsHandshakeStart() {
      tlsHandshakeStart.run();
    }

    @Override
    public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
      tlsHandshakeDone.accept(state, error);
    }

    @Override
    public void wroteHeaderField(String key, List<String> value) {
      wroteHeaderField.accept(key, value);
    }

    @Override
    public void wroteHeaders() {
      wroteHeaders.run();
    }

    @Override
    public void wait100Continue() {
      wait100Continue.run();
    }

    @Override
    public void wroteRequest(WroteRequestInfo info) {
      wroteRequest.accept(info);
    }

    @Override
    public void roundTripStart(RoundTripStartInfo info) {
      roundTripStart.accept(info);
    }

    @Override
    public void connWaitStart(ConnWaitReason reason) {
      connWaitStart.accept(reason);
    }

    @Override
    public void proxyConnectStart(SocketAddress addr) {
      proxyConnectStart.accept(addr);
    }

    @Override
    public void proxyConnectDone(int status, @Nullable Throwable error) {
      proxyConnectDone.accept(status, error);
    }

    @Override
    public void gotResponse(GotResponseInfo info) {
      gotResponse.accept(info);
    }

    @Override
    public void roundTripDone(RoundTripDoneInfo info) {
      roundTripDone.accept(info);
    }
  }
}
