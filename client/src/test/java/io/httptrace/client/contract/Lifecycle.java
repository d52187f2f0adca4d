package io.httptrace.client.contract;

import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.time.Duration;

/** The methods JDK 21 added to {@link HttpClient}, and that its older classes lack. */
record Lifecycle(HttpClient client) {
  static Lifecycle of(HttpClient client) {
    return new Lifecycle(client);
  }

  void shutdown() {
    call("shutdown");
  }

  void shutdownNow() {
    call("shutdownNow");
  }

  void close() {
    call("close");
  }

  boolean isTerminated() {
    return (boolean) call("isTerminated");
  }

  boolean awaitTermination(Duration duration) throws InterruptedException {
    try {
      return (boolean)
          type().getMethod("awaitTermination", Duration.class).invoke(client, duration);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new AssertionError(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private Object call(String method) {
    try {
      return type().getMethod(method).invoke(client);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** The class that is public: that of the JDK's client itself is not. */
  private Class<?> type() {
    return client.getClass().getModule() == HttpClient.class.getModule()
        ? HttpClient.class
        : client.getClass();
  }
}
