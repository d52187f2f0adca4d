package io.httptrace.samples;

import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Records a client that tells little, and says what it cannot tell. */
public final class NotObservable {
  private NotObservable() {}

  /**
   * Runs the sample, against a server on loopback.
   *
   * @param args none
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start()) {
      run(HttpRequest.newBuilder(server.uri("/")).build());
    }
  }

  private static void run(HttpRequest request) throws IOException, InterruptedException {
    // @start region="program"
    HookSupport support =
        HookSupport.builder()
            .never("the JDK's client does not tell", Hook.DNS_START, Hook.DNS_DONE)
            .never("the JDK's client does not tell", Hook.CONNECT_START, Hook.CONNECT_DONE)
            .approximate("told when send returns", Hook.GOT_RESPONSE, Hook.ROUND_TRIP_DONE)
            .build();
    TraceRecorder recorder = new TraceRecorder();
    recorder.roundTripStart(
        RoundTripStartInfo.of(1, RoundTripReason.FIRST, request.method(), request.uri(), support));
    HttpResponse<Void> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    recorder.gotResponse(
        GotResponseInfo.of(response.statusCode(), "HTTP/1.1", response.headers().map()));
    recorder.roundTripDone(RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null));

    for (RoundTrip roundTrip : recorder.timeline().roundTrips()) {
      roundTrip
          .notObservable()
          .forEach((kind, reason) -> System.out.println(kind + " is not observable: " + reason));
    }
    // @end
  }
}
