package io.httptrace.cli.attach;

/**
 * What the agent is to do.
 *
 * @param json whether to tell requests as JSON
 * @param showSecrets whether to leave secrets unmasked
 */
public record AgentSettings(boolean json, boolean showSecrets) {
  String toLine() {
    return ProcessHandle.current().pid() + (json ? " json" : "") + (showSecrets ? " secrets" : "");
  }
}
