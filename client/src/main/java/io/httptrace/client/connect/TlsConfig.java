package io.httptrace.client.connect;

import io.httptrace.client.http.Authority;
import io.httptrace.client.route.HttpVersions;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/** Makes TLS engines for the caller's context and parameters. */
public final class TlsConfig {
  /** The protocol id of HTTP/2 over TLS (RFC 9113, section 3.2). */
  static final String HTTP_2 = "h2";

  private static final String HTTP_1_1 = "http/1.1";

  private final SSLContext context;
  private final @Nullable SSLParameters parameters;
  private final boolean checksNames;
  private final @Nullable NativeTls boring;

  /**
   * Reads what a client is to do in TLS.
   *
   * @param context the context
   * @param parameters what differs from its defaults, or null
   * @param checksNames whether the peer's certificate has to be for its name, also if the
   *     parameters do not say so
   * @param boring makes engines in place of the context where it can, or null
   * @throws IllegalArgumentException if the context does not support the parameters
   */
  public TlsConfig(
      SSLContext context,
      @Nullable SSLParameters parameters,
      boolean checksNames,
      @Nullable NativeTls boring) {
    this.context = context;
    this.parameters = parameters;
    this.checksNames = checksNames;
    this.boring = boring;
    if (parameters != null) {
      check(context, parameters);
    }
  }

  /**
   * Makes one that checks names.
   *
   * @param context the context
   * @param parameters what differs from its defaults, or null
   * @throws IllegalArgumentException if the context does not support the parameters
   */
  TlsConfig(SSLContext context, @Nullable SSLParameters parameters) {
    this(context, parameters, true, null);
  }

  private static void check(SSLContext context, SSLParameters parameters) {
    SSLEngine engine;
    try {
      engine = context.createSSLEngine();
    } catch (IllegalStateException | UnsupportedOperationException notYet) {
      return;
    }
    try {
      SSLParameters used = engine.getSSLParameters();
      TlsParameters.apply(parameters, used);
      engine.setSSLParameters(used);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("sslParameters: " + e.getMessage(), e);
    }
  }

  /** Lets go what is not the JVM's. There are no handshakes any more. */
  public void close() {
    if (boring != null) {
      boring.close();
    }
  }

  /**
   * {@return an engine for a handshake with a host} See {@link #engine(String, int, HttpVersions)}.
   *
   * @param allocator of the channel
   */
  SSLEngine engine(ByteBufAllocator allocator, String host, int port, HttpVersions versions) {
    if (boring == null || !canBeNative(known(host))) {
      return engine(host, port, versions);
    }
    SSLParameters used = parametersFor(known(host));
    used.setApplicationProtocols(offered(used, versions));
    return boring.engine(allocator, known(host), port, used, versionsOfTls());
  }

  /** {@return an engine for a handshake with a proxy} See {@link #proxyEngine(String, int)}. */
  SSLEngine proxyEngine(ByteBufAllocator allocator, String host, int port) {
    String name = known(host);
    if (boring == null || !canBeNative(name)) {
      return proxyEngine(host, port);
    }
    SSLParameters used = parametersFor(name);
    used.setApplicationProtocols(new String[0]);
    used.setServerNames(serverNames(name));
    return boring.engine(allocator, name, port, used, versionsOfTls());
  }

  /** BoringSSL is set up by names as the JDK knows them. */
  private static boolean canBeNative(String name) {
    return IpLiterals.isLiteral(name) || isPlainName(name);
  }

  private String @Nullable [] versionsOfTls() {
    return parameters == null ? null : parameters.getProtocols();
  }

  private SSLParameters parametersFor(String name) {
    SSLParameters used = new SSLParameters();
    if (parameters != null) {
      TlsParameters.apply(parameters, used);
    }
    complete(used, name);
    return used;
  }

  /** Puts in what HTTP asks for, where the caller has not. */
  private void complete(SSLParameters used, String name) {
    if (isNameToCheck(name)) {
      used.setEndpointIdentificationAlgorithm(null);
    } else if (checksNames && isUnset(used.getEndpointIdentificationAlgorithm())) {
      used.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (parameters == null || parameters.getServerNames() == null) {
      used.setServerNames(serverNames(name));
    }
  }

  private static String[] offered(SSLParameters used, HttpVersions versions) {
    return versions == HttpVersions.BY_ALPN
        ? new String[] {HTTP_2, HTTP_1_1}
        : withoutHttp2(used.getApplicationProtocols());
  }

  /**
   * {@return an engine for a handshake with a host} The host's name is checked against the peer's
   * certificate (RFC 9110, section 4.3.4), and sent unless it is an IP literal (RFC 6066, section
   * 3), if the caller's parameters do not say otherwise. Session resumption goes by host and port.
   *
   * @param versions what is offered: HTTP/2 and HTTP/1.1 in place of the application protocols of
   *     the caller's parameters, as by the JDK's client, or those without HTTP/2
   */
  SSLEngine engine(String host, int port, HttpVersions versions) {
    String name = known(host);
    SSLEngine engine = context.createSSLEngine(name, port);
    engine.setUseClientMode(true);
    SSLParameters used = engine.getSSLParameters();
    if (parameters != null) {
      TlsParameters.apply(parameters, used);
    }
    complete(used, name);
    used.setApplicationProtocols(offered(used, versions));
    engine.setSSLParameters(used);
    return engine;
  }

  private static boolean isUnset(@Nullable String algorithm) {
    return algorithm == null || algorithm.isEmpty();
  }

  private static String[] withoutHttp2(String[] protocols) {
    return Arrays.stream(protocols)
        .filter(protocol -> !protocol.equals(HTTP_2))
        .toArray(String[]::new);
  }

  /**
   * {@return an engine for a handshake with a proxy} As {@link #engine}, but the caller's server
   * names and application protocols are meant for targets, and are left out.
   */
  SSLEngine proxyEngine(String host, int port) {
    SSLEngine engine = engine(host, port, HttpVersions.HTTP_1_1);
    SSLParameters used = engine.getSSLParameters();
    used.setApplicationProtocols(new String[0]);
    used.setServerNames(serverNames(known(host)));
    engine.setSSLParameters(used);
    return engine;
  }

  /**
   * {@return the name that has to be checked by {@link CertifiedNames}, as the JDK cannot; null if
   * there is none to check} How names are checked may also be the caller's choice, for an engine
   * that can.
   *
   * @param host the host of the handshake
   */
  @Nullable String nameToCheck(String host) {
    String name = known(host);
    return isNameToCheck(name) ? name : null;
  }

  private boolean isNameToCheck(String name) {
    return checksNames
        && (parameters == null || isUnset(parameters.getEndpointIdentificationAlgorithm()))
        && !IpLiterals.isLiteral(name)
        && !isPlainName(name);
  }

  /**
   * {@return the host as the peer knows it} An address has no zone there (RFC 6874, section 4); a
   * name that is complete may end in a dot, but is sent without (RFC 6066, section 3).
   */
  private static String known(String host) {
    String name = Authority.withoutZone(host);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static List<SNIServerName> serverNames(String name) {
    if (name.isEmpty() || IpLiterals.isLiteral(name)) {
      return List.of();
    }
    return List.of(isPlainName(name) ? new SNIHostName(name) : new OddName(name));
  }

  /** A name that is sent though {@link SNIHostName} takes it for none. */
  private static final class OddName extends SNIServerName {
    OddName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** {@return whether the JDK takes it for the name of a host, which one with a "_" is not} */
  private static boolean isPlainName(String name) {
    try {
      return !new SNIHostName(name).getAsciiName().isEmpty();
    } catch (IllegalArgumentException odd) {
      return false;
    }
  }

  /** {@return the server name an engine sends, or the empty string} */
  static String serverName(SSLEngine engine) {
    List<SNIServerName> names = engine.getSSLParameters().getServerNames();
    return names == null
            || names.isEmpty()
            || names.get(0).getType() != StandardConstants.SNI_HOST_NAME
        ? ""
        : new String(names.get(0).getEncoded(), StandardCharsets.US_ASCII);
  }
}
