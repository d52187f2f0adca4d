package io.httptrace.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * An application that knows nothing of being watched. It does what the lines of its standard input
 * say, and answers each with a line.
 */
public final class WatchedApplication {
  private static final int THREADS = 8;
  private static final SteadyLoad LOAD = new SteadyLoad();

  /** It is loaded with the first request. */
  private static final class OkHttp {
    static final OkHttpClient CLIENT = new OkHttpClient();
  }

  private static final class Jdk {
    static final HttpClient CLIENT =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private WatchedApplication() {}

  /** Runs until its input ends. */
  public static void main(String[] args) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(answer(line.split(" ", -1)));
    }
    System.exit(0); // OkHttp's threads would keep it for a while
  }

  static String answer(String... words) throws Exception {
    return switch (words[0]) {
      case "jdk" -> jdk(words[1]);
      case "okhttp" -> okhttp(words[1]);
      case "try-jdk" -> tried(words[1]);
      case "other-okhttp" -> otherOkhttp(words[1], words[2]);
      case "many" -> many(Integer.parseInt(words[1]), words[2]);
      case "begin" -> LOAD.begin(words[1]);
      case "finish" -> LOAD.finish();
      case "threads" -> threads();
      case "load" ->
          CostOfAttaching.load(
              words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]), words[4]);
      default -> "?";
    };
  }

  private static String jdk(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return Jdk.CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  private static String tried(String url) throws Exception {
    try {
      return jdk(url);
    } catch (IOException failed) {
      return "failed";
    }
  }

  /** Makes a request with OkHttp. */
  public static String okhttp(String url) throws Exception {
    Request request = new Request.Builder().url(url).build();
    try (Response response = OkHttp.CLIENT.newCall(request).execute()) {
      return response.body().string();
    }
  }

  /** Makes a request with the OkHttp of another class path, in a class loader that sees no more. */
  private static String otherOkhttp(String classPath, String url) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String each : classPath.split(":", -1)) {
      urls.add(Path.of(each).toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader("other", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    return (String)
        loader
            .loadClass(WatchedApplication.class.getName())
            .getMethod("okhttp", String.class)
            .invoke(null, url);
  }

  /** Which client sends the request of a number, of many. */
  static String client(int number) {
    return number % 2 == 0 ? "jdk" : "okhttp";
  }

  private static String many(int count, String url) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      answers.add(threads.submit(() -> answer(client(number), url + number)));
    }
    int good = 0;
    for (Future<String> answer : answers) {
      good += answer.get().equals("hello") ? 1 : 0;
    }
    threads.shutdown();
    return String.valueOf(good);
  }

  private static String threads() {
    return String.valueOf(
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("httptrace"))
            .sorted()
            .toList());
  }
}
