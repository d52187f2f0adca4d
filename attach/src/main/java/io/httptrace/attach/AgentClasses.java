package io.httptrace.attach;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of the agent: it sees the JDK and the jar of the agent, and nothing of the
 * application. The jar is read into memory, so that no file stays open, and a class that is needed
 * late is found although the jar is gone.
 */
final class AgentClasses extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  /**
   * Not the usual domain, which knows its class loader: a thread of the application keeps the
   * domains of those that were on the stack when it was made.
   */
  private static final ProtectionDomain DOMAIN = new ProtectionDomain(null, allPermissions());

  private final Map<String, byte[]> files;

  private AgentClasses(Map<String, byte[]> files) {
    super("httptrace", getPlatformClassLoader());
    this.files = files;
  }

  /**
   * {@return the class loader for a jar}
   *
   * @param jar the jar
   * @throws IOException if it cannot be read
   */
  static AgentClasses read(Path jar) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return new AgentClasses(files);
  }

  private static Permissions allPermissions() {
    Permissions all = new Permissions();
    all.add(new AllPermission());
    return all;
  }

  /** {@return the domain of the agent's classes} */
  static ProtectionDomain domain() {
    return DOMAIN;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = files.get(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, DOMAIN);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }
}
