package io.httptrace.client.servers;

import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the hooks of a request, one line each, without what differs from run to run. */
final class Hooks {
  private final Map<String, String> names = new LinkedHashMap<>();

  /** Lets a port be written by a name. */
  Hooks port(String name, int port) {
    names.put(":" + port + "\\b", ":{" + name + "}");
    return this;
  }

  List<String> of(TraceRecorder recorder) {
    return recorder.timeline().events().stream().map(this::line).toList();
  }

  private String line(TraceEvent event) {
    String arguments = event.arguments(Redaction.NONE);
    for (Map.Entry<String, String> name : names.entrySet()) {
      arguments = arguments.replaceAll(name.getKey(), name.getValue());
    }
    String line = event.hook().methodName() + " " + stable(event.hook().methodName(), arguments);
    return line.replaceAll("err=[\\w.]+\\.", "err=").strip();
  }

  private static String stable(String hook, String arguments) {
    return switch (hook) {
      // Without the port of the client's end, and how long the connection was idle.
      case "gotConn" -> arguments.replaceAll("\\S+->", "").replaceAll(" idleTime=\\S+", "");
      // Without the cipher suite, which the two agree on.
      case "tlsHandshakeDone" -> arguments.replaceFirst("(TLSv\\S+) \\S+", "$1");
      // The fields of the response are the server's own, with its version and the time of day.
      case "gotResponse" -> arguments.replaceAll(" \\{.*", "");
      // Without the bytes of the heads: sent is what the body had, and so is received.
      case "roundTripDone" -> arguments.replaceAll(":\\d+/", ":");
      default -> arguments;
    };
  }
}
