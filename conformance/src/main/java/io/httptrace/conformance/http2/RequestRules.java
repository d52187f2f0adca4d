package io.httptrace.conformance.http2;

import io.httptrace.conformance.http2.hpack.ReceivedField;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the head of a request (RFC 9113, sections 8.2 and 8.3). */
final class RequestRules {
  private static final Set<String> PSEUDO =
      Set.of(":method", ":scheme", ":authority", ":path", ":protocol");
  private static final Set<String> OF_CONNECTIONS =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private RequestRules() {}

  static void check(ReceivedHeaders headers) {
    Set<String> pseudo = new HashSet<>();
    boolean regular = false;
    for (ReceivedField field : headers.fields()) {
      String name = field.name();
      if (name.startsWith(":")) {
        require(!regular, headers, name + " comes after a field that is none");
        require(PSEUDO.contains(name) && pseudo.add(name), headers, name + " must not be there");
      } else {
        regular = true;
        require(name.equals(name.toLowerCase(Locale.ROOT)), headers, name + " is not lower case");
        require(!OF_CONNECTIONS.contains(name), headers, name + " is for a connection only");
        boolean te = name.equals("te") && !field.value().equals("trailers");
        require(!te, headers, field + " is not allowed");
      }
    }
    if (pseudo.contains(":method") && !headers.method().equals("CONNECT")) {
      require(pseudo.containsAll(List.of(":scheme", ":path")), headers, "it is not complete");
      require(!headers.path().isEmpty(), headers, "its path is empty");
    } else if (pseudo.isEmpty()) {
      require(headers.endStream(), headers, "trailers do not end the stream");
    } else {
      require(pseudo.contains(":method"), headers, "there is no method");
    }
  }

  private static void require(boolean condition, ReceivedHeaders headers, String what) {
    if (!condition) {
      throw new AssertionError("the client sent a wrong head, " + what + ": " + headers.fields());
    }
  }
}
