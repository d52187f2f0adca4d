package io.httptrace.render;

import io.httptrace.TlsConnectionState;
import io.httptrace.render.text.Addresses;
import io.httptrace.render.text.Labels;
import io.httptrace.render.text.Reasons;
import io.httptrace.render.text.ServerTiming;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the members that several objects of the JSON have.
 *
 * @param json where to write to
 * @param redaction whether secrets are masked
 */
record JsonFacts(JsonWriter json, Redaction redaction) {

  void number(String name, OptionalLong value) {
    if (value.isEmpty()) {
      json.none(name);
    } else {
      json.number(name, value.getAsLong());
    }
  }

  void nanos(String name, @Nullable Duration value) {
    if (value == null) {
      json.none(name);
    } else {
      json.number(name, value.toNanos());
    }
  }

  /** A constant such as {@code TIMED_OUT} is written as {@code timed-out}. */
  void constant(String name, @Nullable Enum<?> value) {
    json.string(name, value == null ? null : Labels.of(value));
  }

  void error(@Nullable Throwable error) {
    if (error == null) {
      json.none("error");
      return;
    }
    json.startObject("error");
    json.string("type", error.getClass().getName());
    String message = Reasons.message(error);
    json.string("message", message == null ? null : redaction.text(message));
    json.endObject();
  }

  void headers(Map<String, List<String>> headers) {
    json.startArray("headers");
    for (Map.Entry<String, List<String>> field : headers.entrySet()) {
      header(field.getKey(), field.getValue());
    }
    json.endArray();
  }

  void header(String name, List<String> values) {
    json.startObject();
    json.string("name", name);
    strings("values", values);
    json.endObject();
  }

  void serverTimings(List<ServerTiming> timings) {
    json.startArray("serverTiming");
    for (ServerTiming timing : timings) {
      json.startObject();
      json.string("name", timing.name());
      nanos("durationNanos", timing.duration());
      json.string("description", timing.description());
      json.endObject();
    }
    json.endArray();
  }

  void tls(@Nullable TlsConnectionState tls) {
    if (tls == null) {
      json.none("tls");
      return;
    }
    json.startObject("tls");
    json.string("version", tls.version());
    json.string("cipherSuite", tls.cipherSuite());
    json.string("applicationProtocol", emptyToNull(tls.applicationProtocol()));
    json.string("serverName", emptyToNull(tls.serverName()));
    json.bool("resumed", tls.resumed());
    json.startArray("certificates");
    for (Certificate certificate : tls.peerCertificates()) {
      if (certificate instanceof X509Certificate x509) {
        certificate(x509);
      }
    }
    json.endArray();
    json.endObject();
  }

  /** Writes what only phases of this kind have. */
  void ofKind(Phase phase) {
    switch (phase.kind()) {
      case QUEUE -> constant("waitReason", phase.waitReason());
      case DNS -> {
        json.string("host", phase.host());
        strings("addresses", phase.addresses().stream().map(Addresses::of).toList());
        json.bool("coalesced", phase.coalesced());
        json.string("resolver", phase.resolver());
      }
      case CONNECT -> address(phase);
      case PROXY_CONNECT -> {
        address(phase);
        if (phase.proxyStatus().isPresent()) {
          json.number("status", phase.proxyStatus().getAsInt());
        } else {
          json.none("status");
        }
      }
      case PROXY_TLS, TLS -> tls(phase.tls());
      case REQUEST, WAIT, RESPONSE -> {
        // These have nothing of their own.
      }
    }
  }

  private void address(Phase phase) {
    json.string("address", phase.address() == null ? null : Addresses.of(phase.address()));
  }

  private void strings(String name, List<String> values) {
    json.startArray(name);
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }

  private void certificate(X509Certificate certificate) {
    json.startObject();
    json.string("subject", certificate.getSubjectX500Principal().getName());
    json.string("issuer", certificate.getIssuerX500Principal().getName());
    strings("names", CertificateText.names(certificate));
    json.string("notBefore", certificate.getNotBefore().toInstant().toString());
    json.string("notAfter", certificate.getNotAfter().toInstant().toString());
    json.endObject();
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
