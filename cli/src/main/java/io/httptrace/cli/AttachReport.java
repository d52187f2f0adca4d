package io.httptrace.cli;

import io.httptrace.cli.attach.AgentMessage;
import io.httptrace.cli.attach.Jvm;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.AttachOptions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Shows what the agent in a JVM tells. */
final class AttachReport {
  private static final String LEGEND =
      "d dns, c connect, p proxy, t tls, > request, . wait, < response, q queue";

  private final Shell shell;
  private final AttachOptions options;
  private final Jvm jvm;
  private final AttachedRequestLine line;

  /** What is said and shown once the agent is ready, which may tell requests before. */
  private final List<String> first = new ArrayList<>();

  private final List<String> early = new ArrayList<>();
  private boolean ready;
  private long requests;

  AttachReport(Shell shell, AttachOptions options, Jvm jvm) {
    this.shell = shell;
    this.options = options;
    this.jvm = jvm;
    Screen screen = Screen.of(shell.stdoutIsTerminal(), options.color(), shell.environment());
    this.line = new AttachedRequestLine(screen.palette(), ZoneId.systemDefault());
  }

  /**
   * Shows a message.
   *
   * @param message the message
   * @param javaVersion the version of the JVM's Java
   * @return whether there are more
   * @throws CommandException if the agent cannot do its work
   */
  boolean show(AgentMessage message, String javaVersion) throws CommandException {
    switch (message.kind()) {
      case NOTE -> note(message.text());
      case READY -> begin(javaVersion);
      case REQUEST -> request(line.of(message.text()));
      case JSON -> request(message.text());
      case FAILED -> throw CommandException.usage("process " + jvm.pid() + ": " + message.text());
      case END -> end("detached from process " + jvm.pid(), message.text());
      case GONE -> end("process " + jvm.pid() + " is gone", "0");
    }
    return message.kind() != AgentMessage.Kind.END && message.kind() != AgentMessage.Kind.GONE;
  }

  /** What is known before the first request is said at once, and together. */
  private void note(String text) {
    if (ready) {
      RequestReport.complain(shell, text);
    } else {
      first.add(text);
    }
  }

  private void begin(String javaVersion) {
    ready = true;
    RequestReport.complain(
        shell, "attached to process " + jvm + ", Java " + javaVersion + "; Ctrl-C detaches");
    first.forEach(text -> RequestReport.complain(shell, text));
    if (!options.json()) {
      RequestReport.complain(shell, LEGEND);
    }
    early.forEach(this::request);
    early.clear();
  }

  private void request(String text) {
    if (!ready) {
      early.add(text);
      return;
    }
    requests++;
    shell.stdout().println(text);
  }

  private void end(String how, String left) {
    RequestReport.complain(
        shell,
        how
            + ", "
            + requests
            + (requests == 1 ? " request" : " requests")
            + " shown"
            + (left.equals("0") ? "" : ", " + left + " left out"));
  }
}
