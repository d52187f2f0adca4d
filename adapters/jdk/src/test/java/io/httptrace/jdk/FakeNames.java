package io.httptrace.jdk;

import io.httptrace.conformance.Names;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Decides how this JVM looks up names: the JDK's client cannot be given a resolver. It takes the
 * place of what {@link InetAddress} asks, which is not part of the JDK's API before 18; its package
 * is open to the tests. The cache of names is switched off where the tests are started.
 */
final class FakeNames {
  private static final AtomicReference<Names> CURRENT = new AtomicReference<>();

  static {
    install();
  }

  private FakeNames() {}

  /** From now on names are looked up there; null: as usual. */
  static void set(Names names) {
    CURRENT.set(names);
  }

  private static void install() {
    try {
      Field field = field();
      field.setAccessible(true);
      // Any look-up makes the JDK set it.
      InetAddress.getLoopbackAddress().getHostName();
      InetAddress.getByName("localhost");
      Object own = field.get(null);
      Class<?> type = field.getType();
      field.set(
          null,
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                Names names = CURRENT.get();
                boolean byName = arguments != null && arguments[0] instanceof String;
                if (byName && names != null && !"localhost".equals(arguments[0])) {
                  List<InetAddress> found = lookup(names, (String) arguments[0]);
                  return method.getReturnType().isArray()
                      ? found.toArray(InetAddress[]::new)
                      : found.stream();
                }
                method.setAccessible(true);
                try {
                  return method.invoke(own, arguments);
                } catch (java.lang.reflect.InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    } catch (ReflectiveOperationException | UnknownHostException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Field field() throws NoSuchFieldException {
    return Stream.of(InetAddress.class.getDeclaredFields())
        .filter(f -> f.getName().equals("nameService") || f.getName().equals("resolver"))
        .findFirst()
        .orElseThrow(() -> new NoSuchFieldException("InetAddress has no name service"));
  }

  private static List<InetAddress> lookup(Names names, String host) throws UnknownHostException {
    try {
      List<InetAddress> named = new ArrayList<>();
      for (InetAddress address : names.lookup(host).toCompletableFuture().join()) {
        named.add(InetAddress.getByAddress(host, address.getAddress()));
      }
      return named;
    } catch (CompletionException e) {
      UnknownHostException unknown = new UnknownHostException(host);
      unknown.initCause(e.getCause());
      throw unknown;
    }
  }
}
