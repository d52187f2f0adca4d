package io.httptrace.attach;

import java.io.IOException;
import java.io.InputStream;

/**
 * The class loader of the adapter for OkHttp, which has to see both OkHttp and the hooks: it has
 * the classes of the adapter itself, takes those of httptrace from the agent, and all others from
 * where OkHttp is.
 */
final class AdapterClasses extends ClassLoader {
  private static final String OURS = "io.httptrace.";
  private static final String ADAPTER = "io.httptrace.okhttp.";
  private static final String LINK = "io.httptrace.attach.okhttp.";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader library;

  /**
   * Makes it.
   *
   * @param library the class loader that has OkHttp
   */
  AdapterClasses(ClassLoader library) {
    super("httptrace-okhttp", AdapterClasses.class.getClassLoader());
    this.library = library;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return library.loadClass(name);
    }
    if (!name.startsWith(ADAPTER) && !name.startsWith(LINK)) {
      return getParent().loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(path)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, AgentClasses.domain());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
