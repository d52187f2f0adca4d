package io.httptrace.attach.okhttp;

import io.httptrace.okhttp.OkHttpTracing;
import io.httptrace.timeline.Timeline;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** For each client of the application another one like it, with the same pool, that is traced. */
public final class OkHttpClients implements Function<Object, Object> {
  private final OkHttpTracing tracing;

  /**
   * Guarded by itself. A client that is traced has itself. They are held softly, because one may
   * lead to the client that it was made for, by an interceptor of the application.
   */
  private final Map<OkHttpClient, SoftReference<OkHttpClient>> traced = new WeakHashMap<>();

  /**
   * Makes it.
   *
   * @param consumer gets the timeline of each call
   * @throws IllegalStateException if OkHttp is too old
   */
  public OkHttpClients(Consumer<? super Timeline> consumer) {
    this.tracing = OkHttpTracing.create().onTimeline(consumer);
    // To see whether it can be done. Without TLS, which would read all trusted certificates.
    tracing.install(new OkHttpClient.Builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)));
  }

  @Override
  public Object apply(Object given) {
    OkHttpClient client = (OkHttpClient) given;
    synchronized (traced) {
      SoftReference<OkHttpClient> known = traced.get(client);
      @Nullable OkHttpClient found = known == null ? null : known.get();
      if (found == null) {
        found = likeIt(client);
        traced.put(client, new SoftReference<>(found));
        traced.put(found, new SoftReference<>(found));
      }
      return found;
    }
  }

  /** The socket factory stays the same too: the pool shares connections of equal ones only. */
  private OkHttpClient likeIt(OkHttpClient client) {
    return tracing.install(client.newBuilder()).socketFactory(client.socketFactory()).build();
  }

  /** {@return the name and the version of OkHttp} */
  @Override
  public String toString() {
    try {
      return "OkHttp "
          + Class.forName("okhttp3.OkHttp", true, OkHttpClient.class.getClassLoader())
              .getField("VERSION")
              .get(null);
    } catch (ReflectiveOperationException none) {
      return "OkHttp";
    }
  }
}
