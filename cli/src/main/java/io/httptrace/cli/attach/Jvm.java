package io.httptrace.cli.attach;

/**
 * A JVM that runs.
 *
 * @param pid the number of its process
 * @param command its main class or jar, and its arguments; empty if that is not known
 */
public record Jvm(long pid, String command) {
  private String main() {
    return command.split(" ", 2)[0];
  }

  /** {@return whether it was started with this main class or jar, with or without where that is} */
  boolean isOf(String name) {
    String main = main();
    return main.equals(name)
        || main.endsWith("." + name)
        || main.endsWith("/" + name)
        || command.startsWith(name + " ");
  }

  @Override
  public String toString() {
    return command.isEmpty() ? String.valueOf(pid) : pid + " (" + main() + ")";
  }
}
