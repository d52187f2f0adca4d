package io.httptrace.jdk;

import com.sun.management.OperatingSystemMXBean;
import io.httptrace.ClientTrace;
import io.httptrace.timeline.TraceRecorder;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What the agent costs: the CPU time that the JVM of the client uses for a request on a connection
 * that is reused, in microseconds, all its threads together. Each way to send has a JVM of its own
 * in each round, and they take turns; the median of the rounds counts. The server is in the JVM
 * that starts the others. Not a test: run {@code main} with the path of the agent's jar.
 */
public final class CostOfAgent {
  private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final int WARM_UP = 30_000;

  private enum Way {
    WITHOUT_THE_AGENT("without the agent"),
    NO_TRACE("with it, no trace"),
    NO_HOOKS("a trace without hooks"),
    RECORDER("a TraceRecorder"),
    TIMELINE("a timeline of each call");

    final String text;

    Way(String text) {
      this.text = text;
    }
  }

  private CostOfAgent() {}

  /**
   * Measures, and prints a line for each way.
   *
   * @param args the agent's jar, how many rounds, and how many requests in each (9 of 20,000); or a
   *     way, a port and how many requests, in the JVMs that this starts
   */
  public static void main(String... args) throws Exception {
    if (args[0].endsWith(".jar")) {
      int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
      int requests = args.length > 2 ? Integer.parseInt(args[2]) : 20_000;
      measureAll(args[0], rounds, requests);
    } else {
      measure(Way.valueOf(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }
  }

  private static void measureAll(String agent, int rounds, int requests) throws Exception {
    Map<Way, List<Double>> micros = new TreeMap<>();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server));
      thread.setDaemon(true);
      thread.start();
      for (int round = 0; round < rounds; round++) {
        for (Way way : Way.values()) {
          micros
              .computeIfAbsent(way, w -> new ArrayList<>())
              .add(inAJvm(way, agent, server.getLocalPort(), requests));
        }
      }
    }
    double without = median(micros.get(Way.WITHOUT_THE_AGENT));
    micros.forEach((way, each) -> print(way, each, without));
  }

  private static double inAJvm(Way way, String agent, int port, int requests) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (way != Way.WITHOUT_THE_AGENT) {
      command.add("-javaagent:" + agent);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CostOfAgent.class.getName());
    command.addAll(List.of(way.name(), String.valueOf(port), String.valueOf(requests)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return Double.parseDouble(lines.readLine());
    }
  }

  private static void measure(Way way, int port, int requests) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    UnaryOperator<HttpRequest> made =
        switch (way) {
          case WITHOUT_THE_AGENT, NO_TRACE -> UnaryOperator.identity();
          case NO_HOOKS -> plain -> JdkTracing.traced(plain, new ClientTrace() {});
          case RECORDER -> plain -> JdkTracing.traced(plain, new TraceRecorder());
          case TIMELINE -> plain -> JdkTracing.onTimeline(plain, timeline -> {});
        };
    send(client, request, made, WARM_UP);
    long start = system.getProcessCpuTime();
    send(client, request, made, requests);
    System.out.println((system.getProcessCpuTime() - start) / 1_000.0 / requests);
    System.exit(0);
  }

  private static void send(
      HttpClient client, HttpRequest request, UnaryOperator<HttpRequest> made, int times)
      throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      client.send(made.apply(request), BodyHandlers.ofString());
    }
  }

  private static void serve(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> answer(socket));
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      int ends = 0; // line ends that follow one another
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          ends++;
        } else if (b != '\r') {
          ends = 0;
        }
        if (ends == 2) {
          ends = 0;
          out.write(RESPONSE.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException closed) {
      // The client has ended.
    }
  }

  private static double median(List<Double> micros) {
    List<Double> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void print(Way way, List<Double> micros, double without) {
    List<Double> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    System.out.printf(
        "%-24s %6.1f us (%.1f to %.1f)  %.2f%n",
        way.text,
        median(micros),
        sorted.get(sorted.size() / 4),
        sorted.get(sorted.size() * 3 / 4),
        median(micros) / without);
  }
}
