package io.httptrace.attach;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;

/**
 * What the JVM calls when the agent is loaded into it. A JVM keeps it for good, on the class path
 * of the application: so it is small, keeps nothing, and is to stay as it is, since an agent that
 * is loaded later finds this class in place of its own.
 */
public final class AttachAgent {
  private static final String AGENT_JAR = "agent.jar";
  private static final String MAIN_CLASS = "io.httptrace.attach.AttachedAgent";
  private static final String MAIN_METHOD = "start";

  private AttachAgent() {}

  /**
   * Loads the rest of the agent, and starts it.
   *
   * @param arguments the directory with the jar and the socket, and after a line feed what the
   *     agent itself takes
   * @param instrumentation changes classes
   * @throws Exception if it cannot be started
   */
  public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
    int end = arguments.indexOf('\n');
    Path directory = Path.of(arguments.substring(0, end));
    Class.forName(MAIN_CLASS, true, AgentClasses.read(directory.resolve(AGENT_JAR)))
        .getMethod(MAIN_METHOD, Path.class, String.class, Instrumentation.class)
        .invoke(null, directory, arguments.substring(end + 1), instrumentation);
  }
}
