package io.httptrace.attach;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Says which clients a JVM has that are not traced, so that nobody waits for their requests. */
final class UntracedClients {
  /** A class that each has loaded once it is in use. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  private static final String OKHTTP = "okhttp3.OkHttpClient";

  static {
    NAMES.put("okhttp3.RealCall", "OkHttp before 4");
    NAMES.put("org.apache.hc.client5.http.impl.classic.CloseableHttpClient", "Apache HttpClient 5");
    NAMES.put(
        "org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient", "Apache HttpClient 5");
    NAMES.put("org.apache.http.impl.client.CloseableHttpClient", "Apache HttpClient 4");
    NAMES.put("org.apache.http.impl.nio.client.CloseableHttpAsyncClient", "Apache HttpClient 4");
    NAMES.put("reactor.netty.http.client.HttpClient", "Reactor Netty");
    NAMES.put("org.eclipse.jetty.client.HttpClient", "Jetty's client");
    NAMES.put("org.asynchttpclient.AsyncHttpClient", "AsyncHttpClient");
    NAMES.put("com.linecorp.armeria.client.WebClient", "Armeria");
    NAMES.put("io.httptrace.client.TracingHttpClient", "httptrace's own client");
    NAMES.put("sun.net.www.protocol.http.HttpURLConnection", "HttpURLConnection");
  }

  private UntracedClients() {}

  /**
   * {@return a line for each}
   *
   * @param loaded the classes of the JVM
   */
  static List<String> in(Class<?>... loaded) {
    TreeSet<String> found = new TreeSet<>();
    for (Class<?> type : loaded) {
      String name = type.getName();
      if (name.endsWith("." + OKHTTP)) {
        found.add("OkHttp under the name " + name);
      } else if (NAMES.containsKey(name)) {
        found.add(NAMES.get(name));
      }
    }
    return found.stream().map(name -> name + " is not traced").toList();
  }
}
