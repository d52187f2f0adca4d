package io.httptrace.jdk;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.http.HttpClient;

/** Clients of the JDK. */
final class Clients {
  private Clients() {}

  /** Closes a client and its connections. Before JDK 21 only the client itself can. */
  static void close(HttpClient client) {
    try {
      if (client instanceof AutoCloseable) {
        HttpClient.class.getMethod("shutdownNow").invoke(client);
        return;
      }
      Field impl = client.getClass().getDeclaredField("impl");
      impl.setAccessible(true);
      Method stop = impl.getType().getDeclaredMethod("stop");
      stop.setAccessible(true);
      stop.invoke(impl.get(client));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
