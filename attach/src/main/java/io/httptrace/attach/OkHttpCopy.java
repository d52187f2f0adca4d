package io.httptrace.attach;

import io.httptrace.timeline.Timeline;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp as one class loader has it. For the client of a new call it returns one that is traced; if
 * that cannot be had, the same client.
 */
final class OkHttpCopy implements Function<Object, Object> {
  private static final String NAME = "okhttp";
  private static final String CLIENTS = "io.httptrace.attach.okhttp.OkHttpClients";

  private final ClassLoader loader;
  private final TimelineQueue queue;

  /** Set by the first call: the classes that OkHttp needs may not be loaded before. */
  private final AtomicReference<@Nullable Function<Object, Object>> clients =
      new AtomicReference<>();

  OkHttpCopy(ClassLoader loader, TimelineQueue queue) {
    this.loader = loader;
    this.queue = queue;
  }

  @Override
  public Object apply(Object client) {
    try {
      return prepare().apply(client);
    } catch (Throwable fault) {
      fails(fault);
      return client;
    }
  }

  /** {@return what makes clients that are traced} If it cannot be had, that is said once. */
  Function<Object, Object> prepare() {
    Function<Object, Object> known = clients.get();
    if (known != null) {
      return known;
    }
    // Without a lock: class loaders of the application have their own.
    Function<Object, Object> made;
    String note;
    try {
      made = newClients();
      note = made + " is traced";
    } catch (ReflectiveOperationException | RuntimeException | LinkageError fault) {
      made = Function.identity();
      note = "OkHttp is not traced: " + reason(fault);
    }
    if (clients.compareAndSet(null, made)) {
      queue.note(note + " (" + nameOf(loader) + ")");
    }
    return made;
  }

  private void fails(Throwable fault) {
    if (clients.getAndSet(Function.identity()) != Function.<Object>identity()) {
      queue.note("OkHttp is not traced any more: " + reason(fault));
    }
  }

  @SuppressWarnings("unchecked") // What the class is, which another class loader has defined.
  private Function<Object, Object> newClients() throws ReflectiveOperationException {
    Consumer<Timeline> consumer = timeline -> queue.add(NAME, timeline);
    return (Function<Object, Object>)
        Class.forName(CLIENTS, true, new AdapterClasses(loader))
            .asSubclass(Function.class)
            .getConstructor(Consumer.class)
            .newInstance(consumer);
  }

  private static String reason(Throwable fault) {
    Throwable cause = fault.getCause();
    return TimelineText.reason(
        fault instanceof ReflectiveOperationException && cause != null ? cause : fault);
  }

  /** {@return the name of a class loader for a message} */
  static String nameOf(ClassLoader loader) {
    return "class loader "
        + (loader.getName() == null ? loader.getClass().getName() : loader.getName());
  }
}
