package io.httptrace.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.RoundTripOutcome;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The timelines that a client has told. */
final class Told implements Consumer<Timeline> {
  /** What each client calls, once, for a request over HTTP/1.1 on a connection that it has. */
  private static final List<Hook> REUSED =
      List.of(
          Hook.ROUND_TRIP_START,
          Hook.GET_CONN,
          Hook.GOT_CONN,
          Hook.WROTE_HEADERS,
          Hook.WROTE_REQUEST,
          Hook.GOT_FIRST_RESPONSE_BYTE,
          Hook.GOT_RESPONSE,
          Hook.ROUND_TRIP_DONE);

  /** A connection may be given back after the call, and how many fields there are differs. */
  private static final Set<Hook> NOT_COMPARED =
      EnumSet.of(Hook.PUT_IDLE_CONN, Hook.WROTE_HEADER_FIELD);

  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();

  @Override
  public void accept(Timeline timeline) {
    timelines.add(timeline);
  }

  /** {@return the next one, once it is there; null if it does not come} */
  private Timeline next() throws InterruptedException {
    return timelines.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** The next one is that of a GET of this page, whole, and of nothing else. */
  void assertNextIs(String url) throws InterruptedException {
    Timeline timeline = next();
    assertThat(timeline).as("the timeline of %s", url).isNotNull();
    assertThat(timeline.roundTrips()).as(timeline.toString()).hasSize(1);
    RoundTrip roundTrip = timeline.roundTrips().get(0);
    assertThat(roundTrip.method()).isEqualTo("GET");
    assertThat(roundTrip.uri(Redaction.NONE)).isEqualTo(url);
    assertThat(roundTrip.outcome()).isEqualTo(RoundTripOutcome.COMPLETED);
    assertThat(roundTrip.status()).hasValue(200);
    List<Hook> expected = new ArrayList<>(REUSED);
    if (!roundTrip.connection().reused()) {
      expected.addAll(List.of(Hook.CONNECT_START, Hook.CONNECT_DONE));
    }
    assertThat(
            timeline.events().stream()
                .map(TraceEvent::hook)
                .filter(hook -> !NOT_COMPARED.contains(hook)))
        .as(timeline.events().toString())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** None has come but those that were asked for. */
  void assertNoMore() {
    assertThat(timelines).isEmpty();
  }
}
