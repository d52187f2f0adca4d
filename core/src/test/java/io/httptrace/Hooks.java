package io.httptrace;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * All hooks of {@link ClientTrace}, by reflection: a hook that is added is in every test of all.
 */
public final class Hooks {
  private static final SocketAddress ADDRESS = Addresses.address(1, 80);

  private static final Map<Class<?>, Object> SAMPLES =
      Map.ofEntries(
          Map.entry(String.class, "text"),
          Map.entry(int.class, 103),
          Map.entry(List.class, List.of("a", "b")),
          Map.entry(Map.class, Map.of("link", List.of("</style.css>"))),
          Map.entry(SocketAddress.class, ADDRESS),
          Map.entry(Throwable.class, new IOException("sample")),
          Map.entry(
              TlsConnectionState.class,
              TlsConnectionState.of("TLSv1.3", "TLS_AES_128_GCM_SHA256", "", false, "", List.of())),
          Map.entry(ConnWaitReason.class, ConnWaitReason.HOST_LIMIT),
          Map.entry(DnsStartInfo.class, DnsStartInfo.of("example.com")),
          Map.entry(DnsDoneInfo.class, DnsDoneInfo.of(List.of(), null, true)),
          Map.entry(
              GotConnInfo.class,
              GotConnInfo.of(
                  ConnectionInfo.of(3, ADDRESS, ADDRESS, "HTTP/1.1", null, 0),
                  false,
                  false,
                  Duration.ZERO)),
          Map.entry(GotResponseInfo.class, GotResponseInfo.of(200, "HTTP/1.1", Map.of())),
          Map.entry(WroteRequestInfo.class, WroteRequestInfo.of(null)),
          Map.entry(
              RoundTripStartInfo.class,
              RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", URI.create("http://a/"))),
          Map.entry(
              RoundTripDoneInfo.class,
              RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, ByteCounts.NONE, null)));

  private Hooks() {}

  /** {@return every hook, by name} */
  public static List<Method> all() {
    return Arrays.stream(ClientTrace.class.getDeclaredMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> method.getReturnType() == void.class)
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** {@return arguments for a hook, each different from null} */
  public static Object[] arguments(Method hook) {
    return Arrays.stream(hook.getParameterTypes())
        .map(
            type -> {
              Object sample = SAMPLES.get(type);
              if (sample == null) {
                throw new AssertionError("no sample of " + type);
              }
              return sample;
            })
        .toArray();
  }

  /** Calls a hook. */
  public static void call(ClientTrace trace, Method hook, Object... arguments) throws Throwable {
    try {
      hook.invoke(trace, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** {@return a call as text} */
  public static String text(Method hook, Object... arguments) {
    return hook.getName() + Arrays.deepToString(arguments);
  }

  /** {@return a trace that tells every call} */
  public static ClientTrace telling(BiConsumer<Method, Object[]> ear) {
    return (ClientTrace)
        Proxy.newProxyInstance(
            ClientTrace.class.getClassLoader(),
            new Class<?>[] {ClientTrace.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "telling trace";
                };
              }
              if (method.getReturnType() == boolean.class) {
                return false;
              }
              ear.accept(method, arguments == null ? new Object[0] : arguments);
              return null;
            });
  }

  /** {@return a trace that adds every call to a list, after a name} */
  public static ClientTrace listing(String name, List<String> calls) {
    return telling((hook, arguments) -> calls.add(name + "." + text(hook, arguments)));
  }

  /** {@return the calls of a hook that each of these names lists} */
  public static List<String> calls(Method hook, String... names) {
    List<String> calls = new ArrayList<>();
    for (String name : names) {
      calls.add(name + "." + text(hook, arguments(hook)));
    }
    return calls;
  }
}
