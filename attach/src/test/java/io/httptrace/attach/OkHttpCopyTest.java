package io.httptrace.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.timeline.Redaction;
import java.nio.file.Path;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the OkHttp of a class loader. */
class OkHttpCopyTest {
  private static final ClassLoader WHOLE = OkHttpClient.class.getClassLoader();

  private final TimelineQueue queue = new TimelineQueue();
  private final OkHttpClient client =
      new OkHttpClient.Builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();

  @TempDir private Path directory;
  private CommandEnd command;

  @BeforeEach
  void connect() throws Exception {
    command = new CommandEnd(directory);
  }

  @AfterEach
  void close() throws Exception {
    command.close();
  }

  private List<String> said() throws Exception {
    queue.close();
    return command.written(queue, new TimelineText(false, Redaction.MASK_SECRETS));
  }

  @Test
  void itsClientsAreTracedAndThatIsSaidOnce() throws Exception {
    OkHttpCopy copy = new OkHttpCopy(WHOLE, queue);

    Object traced = copy.apply(client);
    assertThat(traced).isInstanceOf(OkHttpClient.class).isNotSameAs(client);
    assertThat(copy.apply(client)).isSameAs(traced);
    assertThat(said())
        .containsExactly(
            "note\tOkHttp "
                + okhttp3.OkHttp.VERSION
                + " is traced ("
                + OkHttpCopy.nameOf(WHOLE)
                + ")",
            "end\t0");
  }

  @Test
  void whatAClassLoaderHidesIsSaidOnceAndItsClientsStay() throws Exception {
    ClassLoader hiding =
        new ClassLoader("shop", WHOLE) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals("okhttp3.EventListener")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        };
    OkHttpCopy copy = new OkHttpCopy(hiding, queue);

    assertThat(copy.apply(client)).isSameAs(client);
    assertThat(copy.apply(client)).isSameAs(client);
    List<String> said = said();
    assertThat(said).hasSize(2);
    assertThat(said.get(0))
        .startsWith("note\tOkHttp is not traced: ")
        .contains("okhttp3/EventListener")
        .endsWith(" (class loader shop)");
  }
}
