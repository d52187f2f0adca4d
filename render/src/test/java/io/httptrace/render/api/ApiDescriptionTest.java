package io.httptrace.render.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the text of an API has all that one can compile against, and nothing else. */
class ApiDescriptionTest {
  private static final String HERE = ApiDescriptionTest.class.getPackageName();

  @Test
  void saysWhatOthersSee() {
    List<Class<?>> types = List.of(Samples.class.getDeclaredClasses());

    assertThat(
            String.join("\n", ApiDescription.of(types, Set.of(HERE)))
                .replace(HERE + ".Samples.", ""))
        .isEqualTo(
            """
            public enum Colour implements Shape {
              RED
              BLUE
              public String label()
            }

            public record Point(int x, @Nullable Long y) implements Shape {
              public Point(int x, @Nullable Long y)
              public String label()
              public int x()
              public @Nullable Long y()
            }

            public abstract class Seen<T extends Comparable<? super T>> extends Thread implements AutoCloseable, java.util.function.Supplier<java.util.Map<String, ? extends @Nullable T>> {
              protected Seen(int number)
              public static final int LIMIT = 7
              protected @Nullable T kept
              public abstract void close()
              public void inherited(T value)
              public final void last()
              @Deprecated public static <E extends Exception> @Nullable E of(E e, @Nullable String @Nullable [] names, String... more) throws E, java.io.IOException
              protected abstract java.util.Collection<? super T> values()
            }

            public sealed interface Shape permits Colour, Point {
              String label()
              default int size()
            }\
            """);
  }

  @Test
  void saysNothingOfOtherPackages() {
    assertThat(ApiDescription.of(List.of(Samples.class), Set.of("io.httptrace"))).isEmpty();
  }
}
