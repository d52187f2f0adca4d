package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.httptrace.conformance.server.ScriptedServer;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** A request that nobody traces. */
class UntracedTest {
  private static final int TIMES = 100_000;
  private static final int WARM_UP = 1_000;
  private static final int REQUESTS = 1_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final HttpRequest request =
      HttpRequest.newBuilder(URI.create("http://127.0.0.1/")).build();
  private final Connecting connecting = new Connecting();
  private final Exchanging exchanging = new Exchanging();
  private final JvmListeners listeners = new JvmListeners();
  private final Object multi = new Object();

  private final Map<Event, Measures> measures = new EnumMap<>(Event.class);

  /** Of a function in the client. */
  private static final class Measures {
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong allocated = new AtomicLong();
    private final AtomicLong replaced = new AtomicLong();
  }

  @Test
  void nothingIsAllocatedForIt() {
    for (int i = 0; i < TIMES; i++) {
      run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TIMES; i++) {
      run();
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // The measuring itself takes some bytes; a single object for each would take 1.6 million.
    assertThat(allocated).isLessThan(TIMES);
  }

  private void run() {
    assertThatNull(listeners.of(request));
    assertThatNull(connecting.lookup(request));
    assertThatNull(connecting.known(multi));
    assertThatNull(connecting.returnedToPool(multi));
    assertThatNull(connecting.tunnelAnswer(null, null));
    assertThatNull(exchanging.responseBytes(null));
    assertThatNull(exchanging.bytesArrived(null));
  }

  private static void assertThatNull(Object value) {
    if (value != null) {
      throw new AssertionError(value);
    }
  }

  /** Each function in the client is measured where it is called, on whatever thread. */
  @Test
  void wholeRequestsGoThroughTheAgentWithoutAnObjectOfItsOwn() throws Exception {
    Map<Event, Object> functions = new EnumMap<>(Event.class);
    for (Event event : Event.values()) {
      functions.put(event, field(event).get(null));
      measures.put(event, new Measures());
    }
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try (ScriptedServer server = Servers.answering("hello")) {
      for (Map.Entry<Event, Object> each : functions.entrySet()) {
        field(each.getKey()).set(null, measured(measures.get(each.getKey()), each.getValue()));
      }
      sends(client, server, WARM_UP);
      for (Measures each : measures.values()) {
        each.calls.set(0);
        each.allocated.set(0);
      }
      sends(client, server, REQUESTS);
    } finally {
      for (Map.Entry<Event, Object> each : functions.entrySet()) {
        field(each.getKey()).set(null, each.getValue());
      }
      Clients.close(client);
    }

    for (Map.Entry<Event, Measures> each : measures.entrySet()) {
      // An object is 16 bytes at least.
      assertThat(each.getValue().allocated.get())
          .as("bytes for " + each.getKey())
          .isLessThan(REQUESTS);
      assertThat(each.getValue().replaced.get()).as("results of " + each.getKey()).isZero();
    }
    for (Event event :
        new Event[] {
          Event.CALL, Event.ROUND_TRIP, Event.CONNECTION, Event.HEAD, Event.RESPONSE_RESULT
        }) {
      long times = measures.get(event).calls.get();
      assertThat(times).as("calls for " + event).isGreaterThanOrEqualTo(REQUESTS);
    }
  }

  private static void sends(HttpClient client, ScriptedServer server, int times) throws Exception {
    URI target = URI.create("http://127.0.0.1:" + server.port() + "/");
    for (int i = 0; i < times; i++) {
      HttpRequest untraced = HttpRequest.newBuilder(target).build();
      assertThat(client.send(untraced, BodyHandlers.ofString()).body()).isEqualTo("hello");
    }
  }

  private static Field field(Event event) throws ReflectiveOperationException {
    Class<?> bridge =
        Class.forName(Bridge.PATH.replace('/', '.'), true, ClassLoader.getPlatformClassLoader());
    return bridge.getField(Bridge.field(event));
  }

  @SuppressWarnings("unchecked") // All fields of the bridge have this type.
  private BiFunction<Object, Object, Object> measured(Measures made, Object function) {
    BiFunction<Object, Object, Object> known = (BiFunction<Object, Object, Object>) function;
    return (subject, value) -> {
      long before = threads.getCurrentThreadAllocatedBytes();
      Object result = known.apply(subject, value);
      long after = threads.getCurrentThreadAllocatedBytes();
      long forMeasuring = threads.getCurrentThreadAllocatedBytes() - after;
      made.calls.incrementAndGet();
      made.allocated.addAndGet(after - before - forMeasuring);
      if (result != null && result != value) {
        made.replaced.incrementAndGet();
      }
      return result;
    };
  }
}
