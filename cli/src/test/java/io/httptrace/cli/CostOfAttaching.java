package io.httptrace.cli;

import com.sun.net.httpserver.HttpServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;

/**
 * What an application pays while it is watched: its CPU and its time for each request, with the
 * command attached and without, in turns. Run by hand; the arguments are the client, the threads,
 * the milliseconds that the server takes, the requests of a round, and the rounds.
 */
final class CostOfAttaching {
  private static final String SERVER = "server";
  private static final String CLIENT = "client";

  private CostOfAttaching() {}

  /** Runs a process of the measurement, or all of it. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case SERVER -> serve(Integer.parseInt(args[1]));
      case CLIENT -> WatchedApplication.main(args);
      default -> measure(args);
    }
  }

  private static void serve(int millis) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
    server.createContext(
        "/",
        exchange -> {
          try {
            Thread.sleep(millis);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
    System.in.read();
    System.exit(0);
  }

  private static void measure(String... args) throws Exception {
    String main = CostOfAttaching.class.getName();
    try (OtherProcess server =
            OtherProcess.java("-Dsun.net.httpserver.nodelay=true", main, SERVER, args[2]);
        OtherProcess application = OtherProcess.java(main, CLIENT)) {
      String url = "http://127.0.0.1:" + server.out() + "/";
      String round = "load " + args[0] + " " + args[1] + " " + args[3] + " " + url;
      application.ask(round); // to warm up
      List<double[]> without = new ArrayList<>();
      List<double[]> with = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(args[4]); i++) {
        without.add(numbers(application.ask(round)));
        try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
          command.errUntil("httptrace: d dns");
          application.ask(round); // what is new has to be compiled
          with.add(numbers(application.ask(round)));
          command.stop();
          System.out.println(String.join("; ", command.errUntil("httptrace: detached")));
        }
        application.ask(round);
      }
      print("without", without);
      print("with", with);
    }
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static void print(String name, List<double[]> rounds) {
    String[] titles = {"CPU us", "time us", "median us", "99 % us", "failed"};
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8s", name));
    for (int i = 0; i < titles.length; i++) {
      int column = i;
      double[] sorted = rounds.stream().mapToDouble(r -> r[column]).sorted().toArray();
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %.1f (%.1f-%.1f)",
              titles[i],
              sorted[sorted.length / 2],
              sorted[0],
              sorted[sorted.length - 1]));
    }
    System.out.println(line);
  }

  /** Sends requests, and returns CPU and time of each, median and 99th percentile, and failures. */
  static String load(String client, int threads, int count, String url) throws Exception {
    long[] nanos = new long[count];
    int[] failed = new int[threads];
    com.sun.management.OperatingSystemMXBean system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int first = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = first; i < count; i += threads) {
                  long begin = System.nanoTime();
                  try {
                    if (!WatchedApplication.answer(client, url).equals("hello")) {
                      failed[first]++;
                    }
                  } catch (Exception e) {
                    failed[first]++;
                  }
                  nanos[i] = System.nanoTime() - begin;
                }
              });
      thread.start();
      all.add(thread);
    }
    for (Thread thread : all) {
      thread.join();
    }
    double time = (System.nanoTime() - start) / 1e3 / count;
    double cpuTime = (system.getProcessCpuTime() - cpu) / 1e3 / count;
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "%.1f %.1f %.1f %.1f %d",
        cpuTime,
        time,
        nanos[count / 2] / 1e3,
        nanos[count * 99 / 100] / 1e3,
        Arrays.stream(failed).sum());
  }
}
