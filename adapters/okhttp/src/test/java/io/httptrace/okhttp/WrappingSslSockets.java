package io.httptrace.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A factory of an application, whose sockets wrap others. They have the methods that a socket must
 * have, and so not that of the protocol that was negotiated, which throws then.
 */
final class WrappingSslSockets extends SSLSocketFactory {
  private final SSLSocketFactory wrapped;
  private final boolean parameters;

  /**
   * Makes one.
   *
   * @param wrapped makes what is wrapped
   * @param parameters whether its sockets tell their parameters
   */
  WrappingSslSockets(SSLSocketFactory wrapped, boolean parameters) {
    this.wrapped = wrapped;
    this.parameters = parameters;
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return new Wrapper((SSLSocket) wrapped.createSocket(socket, host, port, autoClose), parameters);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return wrapped.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return wrapped.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }

  private static final class Wrapper extends SSLSocket {
    private final SSLSocket socket;
    private final boolean parameters;
    private volatile boolean handshaken;

    Wrapper(SSLSocket socket, boolean parameters) {
      this.socket = socket;
      this.parameters = parameters;
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return socket.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
      return socket.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
      socket.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
      return socket.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
      return socket.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
      socket.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
      return socket.getSession();
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
      socket.addHandshakeCompletedListener(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
      socket.removeHandshakeCompletedListener(listener);
    }

    @Override
    public void startHandshake() throws IOException {
      socket.startHandshake();
      handshaken = true;
    }

    @Override
    public void setUseClientMode(boolean mode) {
      socket.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
      return socket.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
      socket.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
      return socket.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
      socket.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
      return socket.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
      socket.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
      return socket.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
      if (handshaken && !parameters) {
        throw new IllegalStateException("no parameters");
      }
      return socket.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
      socket.setSSLParameters(parameters);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public synchronized void close() throws IOException {
      socket.close();
    }

    @Override
    public boolean isClosed() {
      return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
      return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
      return socket.isOutputShutdown();
    }

    @Override
    public synchronized void setSoTimeout(int timeout) throws SocketException {
      socket.setSoTimeout(timeout);
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
      return socket.getSoTimeout();
    }

    @Override
    public int getLocalPort() {
      return socket.getLocalPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
      return socket.getLocalSocketAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return socket.getRemoteSocketAddress();
    }
  }
}
