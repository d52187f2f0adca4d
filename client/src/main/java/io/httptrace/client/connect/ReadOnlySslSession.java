package io.httptrace.client.connect;

import java.security.Principal;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * A session to look at. Other connections resume the same one, so who is shown it cannot change it,
 * nor end it.
 */
final class ReadOnlySslSession extends ExtendedSSLSession {
  private static final String[] NONE = {};

  private final SSLSession session;
  private final @Nullable ExtendedSSLSession extended;

  ReadOnlySslSession(SSLSession session) {
    this.session = session;
    this.extended = session instanceof ExtendedSSLSession more ? more : null;
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("the session is read-only");
  }

  @Override
  public void invalidate() {
    throw readOnly();
  }

  @Override
  public void putValue(String name, Object value) {
    throw readOnly();
  }

  @Override
  public void removeValue(String name) {
    throw readOnly();
  }

  @Override
  public byte[] getId() {
    return session.getId();
  }

  @Override
  public SSLSessionContext getSessionContext() {
    return session.getSessionContext();
  }

  @Override
  public long getCreationTime() {
    return session.getCreationTime();
  }

  @Override
  public long getLastAccessedTime() {
    return session.getLastAccessedTime();
  }

  @Override
  public boolean isValid() {
    return session.isValid();
  }

  @Override
  public Object getValue(String name) {
    return session.getValue(name);
  }

  @Override
  public String[] getValueNames() {
    return session.getValueNames();
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    return session.getPeerCertificates();
  }

  @Override
  public Certificate[] getLocalCertificates() {
    return session.getLocalCertificates();
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return session.getPeerPrincipal();
  }

  @Override
  public Principal getLocalPrincipal() {
    return session.getLocalPrincipal();
  }

  @Override
  public String getCipherSuite() {
    return session.getCipherSuite();
  }

  @Override
  public String getProtocol() {
    return session.getProtocol();
  }

  @Override
  public String getPeerHost() {
    return session.getPeerHost();
  }

  @Override
  public int getPeerPort() {
    return session.getPeerPort();
  }

  @Override
  public int getPacketBufferSize() {
    return session.getPacketBufferSize();
  }

  @Override
  public int getApplicationBufferSize() {
    return session.getApplicationBufferSize();
  }

  @Override
  public String[] getLocalSupportedSignatureAlgorithms() {
    return extended == null ? NONE : extended.getLocalSupportedSignatureAlgorithms();
  }

  @Override
  public String[] getPeerSupportedSignatureAlgorithms() {
    return extended == null ? NONE : extended.getPeerSupportedSignatureAlgorithms();
  }

  @Override
  public List<SNIServerName> getRequestedServerNames() {
    return extended == null ? List.of() : extended.getRequestedServerNames();
  }

  @Override
  public List<byte[]> getStatusResponses() {
    return extended == null ? List.of() : extended.getStatusResponses();
  }

  @Override
  public String toString() {
    return session.toString();
  }
}
