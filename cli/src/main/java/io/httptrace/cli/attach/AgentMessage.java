package io.httptrace.cli.attach;

/**
 * What the agent tells.
 *
 * @param kind what it is
 * @param text the rest of it
 */
public record AgentMessage(Kind kind, String text) {

  /** What it is. */
  public enum Kind {
    /** Something that the user should know. */
    NOTE,
    /** From now on requests are told. */
    READY,
    /** The parts of a line for a request. */
    REQUEST,
    /** A request as JSON. */
    JSON,
    /** Why nothing is told. */
    FAILED,
    /** All is as it was; the text is the number of requests that were left out. */
    END,
    /** The JVM has ended, or has closed the connection. */
    GONE
  }

  static AgentMessage parse(String line) {
    int tab = line.indexOf('\t');
    String word = tab < 0 ? line : line.substring(0, tab);
    String text = tab < 0 ? "" : line.substring(tab + 1);
    return new AgentMessage(
        switch (word) {
          case "ready" -> Kind.READY;
          case "request" -> Kind.REQUEST;
          case "json" -> Kind.JSON;
          case "failed" -> Kind.FAILED;
          case "end" -> Kind.END;
          default -> Kind.NOTE;
        },
        text);
  }
}
