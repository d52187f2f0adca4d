package io.httptrace.samples;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.html.HtmlExporter;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes a call as a web page, to a file, and prints that. */
public final class PageOfCalls {
  private PageOfCalls() {}

  /**
   * Runs the sample.
   *
   * @param args a URL; without one, a server on loopback is asked
   */
  public static void main(String... args) throws IOException, InterruptedException {
    Path file = Files.createTempFile("calls", ".html");
    try (SampleServer server = SampleServer.start()) {
      run(args.length > 0 ? URI.create(args[0]) : server.uri("/"), file);
      System.out.println(Files.readString(file));
    } finally {
      Files.delete(file);
    }
  }

  private static void run(URI uri, Path file) throws IOException, InterruptedException {
    // @start region="program"
    List<Timeline> calls = new CopyOnWriteArrayList<>();
    try (TracingHttpClient client = TracingHttpClient.newBuilder().onTimeline(calls::add).build()) {
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
    Files.writeString(file, HtmlExporter.create().toHtml(calls));
    // @end
  }
}
