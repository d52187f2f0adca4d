package io.httptrace.render.api;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An API of all kinds of types. */
public final class Samples {
  private Samples() {}

  /** What others do not see, but inherit from. */
  abstract static class Hidden<T> extends Thread implements HiddenToo {
    public void inherited(T value) {}

    void ownOnly() {}
  }

  interface HiddenToo extends AutoCloseable {
    @Override
    void close();
  }

  /** What others see. */
  public abstract static class Seen<T extends Comparable<? super T>> extends Hidden<String>
      implements Supplier<Map<String, ? extends @Nullable T>> {
    /** Is copied into what is compiled against it. */
    public static final int LIMIT = 7;

    protected @Nullable T kept;
    final int own = 0;

    protected Seen(int number) {}

    /** Has everything a method can have. */
    @Deprecated
    public static <E extends Exception> @Nullable E of(
        E e, @Nullable String @Nullable [] names, String... more) throws E, IOException {
      throw e;
    }

    protected abstract Collection<? super T> values();

    public final void last() {}

    @Override
    public String toString() {
      return "";
    }

    void secret() {}
  }

  /** One of two. */
  public sealed interface Shape permits Point, Colour {
    /** {@return its size} */
    default int size() {
      return 0;
    }

    /** {@return its name} */
    String label();
  }

  /** A record. */
  public record Point(int x, @Nullable Long y) implements Shape {
    @Override
    public String label() {
      return "";
    }
  }

  /** An enum, in an order of its own. */
  public enum Colour implements Shape {
    RED,
    BLUE;

    @Override
    public String label() {
      return "";
    }
  }
}
