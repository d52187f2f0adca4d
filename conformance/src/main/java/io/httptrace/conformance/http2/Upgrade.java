package io.httptrace.conformance.http2;

import io.httptrace.conformance.http2.hpack.ReceivedField;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An HTTP/1.1 request that asks for HTTP/2 (RFC 7540, section 3.2).
 *
 * @param headers the request as on stream 1
 * @param settings the client's settings in it
 */
record Upgrade(ReceivedHeaders headers, Http2Settings settings) {
  static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
  private static final Set<String> LEFT_OUT =
      Set.of("host", "connection", "upgrade", "http2-settings", "transfer-encoding");

  /** Reads the request with its body, which is dropped. */
  static Upgrade read(ServerConnection connection) throws IOException {
    ReceivedRequestHead head = connection.readRequest();
    List<String> options =
        head.values("connection").stream()
            .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
            .map(String::strip)
            .toList();
    List<String> settings = head.values("http2-settings");
    boolean asks =
        head.values("upgrade").contains("h2c")
            && options.containsAll(List.of("upgrade", "http2-settings"))
            && settings.size() == 1;
    if (!asks) {
      throw new AssertionError("the client does not ask for h2c: " + head);
    }
    byte[] payload = Base64.getUrlDecoder().decode(settings.get(0));
    return new Upgrade(headers(head), Http2Settings.parse(payload));
  }

  private static ReceivedHeaders headers(ReceivedRequestHead head) {
    String[] words = head.requestLine().split(" ", -1);
    List<ReceivedField> fields = new ArrayList<>();
    fields.add(ReceivedField.of(":method", words[0]));
    fields.add(ReceivedField.of(":scheme", "http"));
    fields.add(ReceivedField.of(":path", words[1]));
    fields.add(ReceivedField.of(":authority", String.join(",", head.values("host"))));
    for (String line : head.fieldLines()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (!LEFT_OUT.contains(name)) {
        fields.add(ReceivedField.of(name, line.substring(colon + 1).strip()));
      }
    }
    return new ReceivedHeaders(1, fields, true);
  }
}
