package io.httptrace.client;

import java.io.File;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a container does, in a JVM of its own: it loads the client in a class loader, uses it on a
 * thread that lives on, closes it and lets it go. Says what of it is left.
 */
final class UnloadedClient {
  /** For threads that have said they are done, and are on their last lines. */
  private static final Duration MOMENT = Duration.ofSeconds(5);

  /** As that of the tests, which are not on the class path of this JVM. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private UnloadedClient() {}

  /**
   * Runs it.
   *
   * @param args a URI, whether to wait for a future, and the class path of the client
   */
  public static void main(String[] args) throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    WeakReference<ClassLoader> loader =
        use(collected, args[2], URI.create(args[0]), Boolean.parseBoolean(args[1]));
    // Before JDK 19 the JDK itself keeps a class or two, by its method handles for records.
    boolean jdkKeepsIt = Runtime.version().feature() < 19;
    long deadline = System.nanoTime() + (jdkKeepsIt ? MOMENT : LIMIT).toNanos();
    do {
      System.gc();
    } while (collected.remove(50) == null && System.nanoTime() < deadline);
    ClassLoader left = loader.get();
    List<String> found = left == null ? List.of() : threadLocals(left);
    if (left != null && (!jdkKeepsIt || !found.isEmpty())) {
      System.out.println("left: " + found);
    } else {
      System.out.println("nothing is left");
    }
  }

  private static WeakReference<ClassLoader> use(
      ReferenceQueue<ClassLoader> collected, String classPath, URI uri, boolean async)
      throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String element : classPath.split(File.pathSeparator, -1)) {
      urls.add(new File(element).toURI().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass("io.httptrace.client.TracingHttpClient");
      HttpClient client = (HttpClient) type.getMethod("newHttpClient").invoke(null);
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      if (async) {
        client.sendAsync(request, BodyHandlers.ofString()).get();
      } else {
        client.send(request, BodyHandlers.ofString());
      }
      type.getMethod("close").invoke(client);
      return new WeakReference<>(loader, collected);
    }
  }

  /** What threads hold in thread locals of classes of a class loader. */
  private static List<String> threadLocals(ClassLoader loader) throws Exception {
    List<String> found = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      Object map = field(Thread.class, thread, "threadLocals");
      Object[] table = map == null ? new Object[0] : (Object[]) field(map.getClass(), map, "table");
      for (Object entry : table) {
        if (entry instanceof Reference<?> key) {
          Object value = field(entry.getClass(), entry, "value");
          for (Object each : new Object[] {key.get(), value}) {
            if (each != null && each.getClass().getClassLoader() == loader) {
              found.add(thread.getName() + ": " + each.getClass().getName());
            }
          }
        }
      }
    }
    return found;
  }

  private static Object field(Class<?> type, Object object, String name) throws Exception {
    Field field = type.getDeclaredField(name);
    AccessibleObject.setAccessible(new AccessibleObject[] {field}, true);
    return field.get(object);
  }
}
