package io.httptrace.client.websocket;

import io.httptrace.client.http.Authority;
import io.httptrace.client.http.TokenList;
import io.httptrace.client.request.RedactedUri;
import io.httptrace.client.request.Syntax;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The opening handshake (RFC 6455, section 4): the request, and the check of its response. */
final class Handshake {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String PREFIX = "Sec-WebSocket-";
  private static final String ACCEPT = PREFIX + "Accept";
  private static final String EXTENSIONS = PREFIX + "Extensions";
  private static final String KEY = PREFIX + "Key";
  private static final String PROTOCOL = PREFIX + "Protocol";
  private static final String VERSION = PREFIX + "Version";

  /** The GUID of RFC 6455, section 1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** For the JDK's builder, which checks fields as usual but refuses some hosts. */
  private static final URI STAND_IN = URI.create("http://stand-in.invalid/");

  /** The fields that a caller must not set. */
  private static final Set<String> OWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OWN.addAll(List.of(ACCEPT, EXTENSIONS, KEY, PROTOCOL, VERSION));
  }

  private final String key;
  private final List<String> subprotocols;
  private final HttpRequest request;

  /**
   * Makes the request.
   *
   * @throws IllegalArgumentException if a setting or the URI is not valid
   */
  Handshake(HandshakeSettings settings, URI uri) {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
    this.subprotocols = settings.subprotocols();
    URI target = httpUri(uri);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(STAND_IN).version(HttpClient.Version.HTTP_1_1).GET();
    if (settings.connectTimeout() != null) {
      builder.timeout(settings.connectTimeout());
    }
    for (HandshakeSettings.Field field : settings.fields()) {
      if (OWN.contains(field.name())) {
        throw new IllegalArgumentException("Illegal header: " + field.name());
      }
      builder.header(field.name(), field.value());
    }
    builder.header(VERSION, "13").header(KEY, key);
    if (!subprotocols.isEmpty()) {
      checkSubprotocols();
      builder.header(PROTOCOL, String.join(", ", subprotocols));
    }
    this.request = new HandshakeRequest(builder.build(), target);
  }

  /** {@return the {@code http} or {@code https} URI of a WebSocket} */
  private static URI httpUri(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("ws") && !scheme.equals("wss")) {
      throw new IllegalArgumentException("invalid URI scheme: " + uri.getScheme());
    }
    if (uri.getRawAuthority() == null) {
      throw new IllegalArgumentException("URI must contain a host: " + RedactedUri.of(uri));
    }
    Authority.of(uri);
    if (uri.getFragment() != null) {
      throw new IllegalArgumentException("URI must not contain a fragment: " + RedactedUri.of(uri));
    }
    try {
      String rest = uri.toString().substring(uri.getScheme().length());
      return new URI((scheme.equals("ws") ? "http" : "https") + rest);
    } catch (URISyntaxException e) {
      // The exception's own message would quote the URI with its secrets.
      throw new IllegalArgumentException(
          "invalid URI: " + RedactedUri.of(uri) + ": " + e.getReason());
    }
  }

  private void checkSubprotocols() {
    Set<String> names = new HashSet<>();
    for (String name : subprotocols) {
      if (!Syntax.isToken(name)) {
        throw new IllegalArgumentException("Bad subprotocol syntax: " + name);
      }
      if (!names.add(name)) {
        throw new IllegalArgumentException("Duplicating subprotocol: " + name);
      }
    }
  }

  HttpRequest request() {
    return request;
  }

  /**
   * {@return the subprotocol that the server has chosen, or an empty text for none}
   *
   * @throws ProtocolException if the response is not valid
   */
  String check(HttpResponse<?> response) throws ProtocolException {
    if (response.statusCode() != 101) {
      throw new ProtocolException("Unexpected HTTP response status code " + response.statusCode());
    }
    HttpHeaders headers = response.headers();
    // The connection switches to the protocols in this field: there must be no other one.
    if (!TokenList.isOnly(present(headers, "Upgrade"), "websocket")) {
      throw bad("Upgrade");
    }
    if (!TokenList.contains(present(headers, "Connection"), "Upgrade")) {
      throw bad("Connection");
    }
    if (!only(headers, ACCEPT).trim().equals(accept())) {
      throw bad(ACCEPT);
    }
    if (!TokenList.of(headers.allValues(EXTENSIONS)).isEmpty()) {
      throw bad(EXTENSIONS);
    }
    List<String> versions = headers.allValues(VERSION);
    if (!versions.isEmpty() && !TokenList.isOnly(versions, "13")) {
      throw bad(VERSION);
    }
    if (headers.firstValue(PROTOCOL).isEmpty()) {
      return "";
    }
    String chosen = only(headers, PROTOCOL);
    if (!subprotocols.contains(chosen)) {
      throw new ProtocolException("Unexpected subprotocol: " + chosen);
    }
    return chosen;
  }

  private static List<String> present(HttpHeaders headers, String name) throws ProtocolException {
    List<String> values = headers.allValues(name);
    if (values.isEmpty()) {
      throw new ProtocolException("Response field missing: " + name);
    }
    return values;
  }

  /** The value of a field that is not a list, and must not occur twice (RFC 6455, section 11.3). */
  private static String only(HttpHeaders headers, String name) throws ProtocolException {
    List<String> values = present(headers, name);
    if (values.size() != 1) {
      throw new ProtocolException("Response field multivalued: " + name);
    }
    return values.get(0);
  }

  private static ProtocolException bad(String name) {
    return new ProtocolException("Bad response field: " + name);
  }

  private String accept() {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
