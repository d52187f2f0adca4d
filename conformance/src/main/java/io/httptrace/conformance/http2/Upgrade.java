package io.httptrace.conformance.http2;

import io.httptrace.conformance.server.RequestHead;
import io.httptrace.conformance.server.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A request of HTTP/1.1 that asks for HTTP/2 (RFC 7540, section 3.2).
 *
 * @param headers the request as stream 1 has it
 * @param settings the settings it brings
 */
record Upgrade(Headers headers, Settings settings) {
  static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
  private static final Set<String> LEFT_OUT =
      Set.of("host", "connection", "upgrade", "http2-settings", "transfer-encoding");

  /** Reads the request with its body, which is thrown away. */
  static Upgrade read(ServerConnection connection) throws IOException {
    RequestHead head = connection.readRequest();
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
    return new Upgrade(headers(head), Settings.parse(payload));
  }

  private static Headers headers(RequestHead head) {
    String[] words = head.requestLine().split(" ", -1);
    List<HeaderField> fields = new ArrayList<>();
    fields.add(HeaderField.of(":method", words[0]));
    fields.add(HeaderField.of(":scheme", "http"));
    fields.add(HeaderField.of(":path", words[1]));
    fields.add(HeaderField.of(":authority", String.join(",", head.values("host"))));
    for (String line : head.fieldLines()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (!LEFT_OUT.contains(name)) {
        fields.add(HeaderField.of(name, line.substring(colon + 1).strip()));
      }
    }
    return new Headers(1, fields, true);
  }
}
