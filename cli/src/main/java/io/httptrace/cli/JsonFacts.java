package io.httptrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.httptrace.TlsConnectionState;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the members that several objects of the JSON have.
 *
 * @param json where to write to
 * @param redaction whether secrets are masked
 */
record JsonFacts(JsonGenerator json, Redaction redaction) {

  void string(String name, @Nullable String value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  void number(String name, OptionalLong value) throws IOException {
    if (value.isEmpty()) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value.getAsLong());
    }
  }

  void nanos(String name, @Nullable Duration value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value.toNanos());
    }
  }

  /** A constant such as {@code TIMED_OUT} is written as {@code timed-out}. */
  void constant(String name, @Nullable Enum<?> value) throws IOException {
    string(name, value == null ? null : value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  void error(@Nullable Throwable error) throws IOException {
    if (error == null) {
      json.writeNullField("error");
      return;
    }
    json.writeObjectFieldStart("error");
    string("type", error.getClass().getName());
    String message = error.getMessage();
    string("message", message == null ? null : redaction.text(message));
    json.writeEndObject();
  }

  void headers(Map<String, List<String>> headers) throws IOException {
    json.writeArrayFieldStart("headers");
    for (Map.Entry<String, List<String>> field : headers.entrySet()) {
      header(field.getKey(), field.getValue());
    }
    json.writeEndArray();
  }

  void header(String name, List<String> values) throws IOException {
    json.writeStartObject();
    string("name", name);
    strings("values", values);
    json.writeEndObject();
  }

  void tls(@Nullable TlsConnectionState tls) throws IOException {
    if (tls == null) {
      json.writeNullField("tls");
      return;
    }
    json.writeObjectFieldStart("tls");
    string("version", tls.version());
    string("cipherSuite", tls.cipherSuite());
    string("applicationProtocol", emptyToNull(tls.applicationProtocol()));
    string("serverName", emptyToNull(tls.serverName()));
    json.writeBooleanField("resumed", tls.resumed());
    json.writeArrayFieldStart("certificates");
    for (Certificate certificate : tls.peerCertificates()) {
      if (certificate instanceof X509Certificate x509) {
        certificate(x509);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes what only phases of this kind have. */
  void ofKind(Phase phase) throws IOException {
    switch (phase.kind()) {
      case QUEUE -> constant("waitReason", phase.waitReason());
      case DNS -> {
        string("host", phase.host());
        strings("addresses", phase.addresses().stream().map(Addresses::of).toList());
        json.writeBooleanField("coalesced", phase.coalesced());
      }
      case CONNECT -> address(phase);
      case PROXY_CONNECT -> {
        address(phase);
        if (phase.proxyStatus().isPresent()) {
          json.writeNumberField("status", phase.proxyStatus().getAsInt());
        } else {
          json.writeNullField("status");
        }
      }
      case PROXY_TLS, TLS -> tls(phase.tls());
      case REQUEST, WAIT, RESPONSE -> {
        // These have nothing of their own.
      }
    }
  }

  private void address(Phase phase) throws IOException {
    string("address", phase.address() == null ? null : Addresses.of(phase.address()));
  }

  private void strings(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void certificate(X509Certificate certificate) throws IOException {
    json.writeStartObject();
    string("subject", certificate.getSubjectX500Principal().getName());
    string("issuer", certificate.getIssuerX500Principal().getName());
    string("notBefore", certificate.getNotBefore().toInstant().toString());
    string("notAfter", certificate.getNotAfter().toInstant().toString());
    json.writeEndObject();
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
