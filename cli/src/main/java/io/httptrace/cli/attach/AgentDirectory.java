package io.httptrace.cli.attach;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A directory that only this user can enter, with what the JVM has to find: the jar of the agent, a
 * small one for the class path of the application, and the socket. It is needed only until the
 * agent has started.
 */
final class AgentDirectory implements Closeable {
  private static final String AGENT = "agent.jar";
  private static final String ENTRY = "entry.jar";
  private static final String SOCKET = "socket";
  private static final String PACKAGE = "io/httptrace/attach/";
  private static final String ENTRY_CLASS = "AttachAgent";

  /** All that the application's class path gets. */
  private static final List<String> ENTRY_CLASSES = List.of(ENTRY_CLASS, "AgentClasses");

  private final Path path;

  private AgentDirectory(Path path) {
    this.path = path;
    // If the command is ended before it is closed; the last is deleted first.
    for (Path each : List.of(path, path.resolve(AGENT), entryJar(), socket())) {
      each.toFile().deleteOnExit();
    }
  }

  /**
   * {@return a new one, without the socket}
   *
   * @throws CommandException if this command has no agent
   * @throws IOException if it cannot be written
   */
  static AgentDirectory make() throws CommandException, IOException {
    try (InputStream agent = AgentDirectory.class.getResourceAsStream(AGENT)) {
      if (agent == null) {
        throw new CommandException(ExitCode.INTERNAL, "this command was built without its agent");
      }
      AgentDirectory directory = new AgentDirectory(Files.createTempDirectory("httptrace-"));
      try {
        Files.copy(agent, directory.path.resolve(AGENT));
        directory.writeEntryJar();
      } catch (IOException failed) {
        directory.close();
        throw failed;
      }
      return directory;
    }
  }

  private void writeEntryJar() throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", PACKAGE.replace('/', '.') + ENTRY_CLASS);
    attributes.putValue("Can-Redefine-Classes", "true");
    attributes.putValue("Can-Retransform-Classes", "true");
    try (JarFile agent = new JarFile(path.resolve(AGENT).toFile());
        JarOutputStream entry = new JarOutputStream(Files.newOutputStream(entryJar()), manifest)) {
      for (String name : ENTRY_CLASSES) {
        String file = PACKAGE + name + ".class";
        entry.putNextEntry(new JarEntry(file));
        try (InputStream bytes = agent.getInputStream(agent.getJarEntry(file))) {
          bytes.transferTo(entry);
        }
      }
    }
  }

  Path path() {
    return path;
  }

  /** {@return the jar that the JVM is to load} */
  Path entryJar() {
    return path.resolve(ENTRY);
  }

  Path socket() {
    return path.resolve(SOCKET);
  }

  /** Deletes it. What the JVM has opened stays usable there. */
  @Override
  public void close() {
    for (Path each : List.of(path.resolve(AGENT), entryJar(), socket(), path)) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException left) {
        // The system's own cleaning of such directories will do it.
      }
    }
  }
}
