package io.httptrace.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.httptrace.EventStamp;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.scenarios.Misreporting.Call;
import io.httptrace.conformance.scenarios.Misreporting.Misreport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An adapter that tells something wrong fails, whatever it says of itself, and is told what. */
final class WrongAdapterTest {
  private static final String CONNECTED = "connectDone(tcp 127.0.0.1:{port:origin} err=none)";
  private static final String CONNECTING = "connectStart(tcp 127.0.0.1:{port:origin})";

  @Test
  void adapterThatIsRightPasses() {
    passes("right");
  }

  @Test
  void nameOfNoScenarioIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ConformanceSuite.of(new Misreporting(HookSupport.allExact(), Call::to))
                    .only("h1-*", "h1-gett")
                    .tests())
        .withMessage("no scenario has the name h1-gett");
  }

  @Test
  void swappedHooksAreFound() {
    assertThat(faults("swapsTwo"))
        .containsExactly(
            "expected r1.wroteHeaders < r1.wroteRequest(err=none), but it was the other way round");
  }

  @Test
  void droppedHookIsFound() {
    assertThat(faults("dropsOne"))
        .containsExactly("r1.gotFirstResponseByte: expected 1, but was 0");
  }

  @Test
  void hookThatIsCalledTwiceIsFound() {
    assertThat(faults("callsOneTwice"))
        .containsExactly("r1." + CONNECTING + ": expected 1, but was 2");
  }

  @Test
  void hookForAnotherRequestIsFound() {
    assertThat(faults("tellsTheFirstRequestOfAllDials"))
        .containsExactly(
            "r1." + CONNECTED + ": expected 1, but was 2",
            "r1." + CONNECTING + ": expected 1, but was 2",
            "r2." + CONNECTED + ": expected 1, but was 0",
            "r2." + CONNECTING + ": expected 1, but was 0");
  }

  @Test
  void hookDeclaredAsNeverCalledIsFound() {
    assertThat(faults("callsWhatItSaysItNeverCalls"))
        .containsExactly("r1.putIdleConn(err=none): not expected, but was 1");
  }

  @Test
  void hookBeyondGoDeclaredAsNeverCalledIsFound() {
    assertThat(faults("callsWhatItSaysItNeverCallsBeyondGo"))
        .containsExactly("r1.gotResponse(200 HTTP/1.1): not expected");
  }

  @Test
  void swappedHooksBeyondGoAreFound() {
    assertThat(faults("startsAfterGetConn"))
        .containsExactly(
            "expected r1.roundTripStart(1 FIRST) < r1.getConn(127.0.0.1:{port:origin}),"
                + " but it was the other way round");
    assertThat(faults("endsBeforeTheResponse"))
        .containsExactly(
            "expected r1.gotResponse(200 HTTP/1.1) < r1.roundTripDone(COMPLETED),"
                + " but it was the other way round");
  }

  @Test
  void droppedHookBeyondGoIsFound() {
    assertThat(faults("tellsNoResponse"))
        .containsExactly(
            "r1.gotResponse(200 HTTP/1.1): expected before r1.roundTripReturned(200 HTTP/1.1),"
                + " but was []",
            "r1.gotResponse: expected 1, but was []");
  }

  @Test
  void hookBeyondGoThatIsCalledTwiceIsFound() {
    assertThat(faults("tellsTheResponseTwice"))
        .containsExactly(
            "r1.gotResponse: expected at most 1, but was"
                + " [r1.gotResponse(200 HTTP/1.1), r1.gotResponse(200 HTTP/1.1)]");
  }

  @Test
  void stampsMakeALateHookRight() {
    passes("tellsLateWithAStamp");
  }

  @Test
  void lateHookWithoutAStampIsFound() {
    assertThat(faults("tellsLateWithoutAStamp"))
        .containsExactly(
            "expected r1."
                + CONNECTED
                + " < r1.gotConn(reused=false wasIdle=false idleTime>0=false),"
                + " but it was the other way round");
  }

  @Test
  void lateHookDeclaredAsExactIsFound() {
    assertThat(faults("tellsLateButSaysExact"))
        .containsExactly(
            "expected r1."
                + CONNECTED
                + " < r1.gotConn(reused=false wasIdle=false idleTime>0=false),"
                + " but it was the other way round");
  }

  @Test
  void approximateHookThatIsMissingIsFound() {
    assertThat(faults("dropsWhatItSaysIsApproximate"))
        .containsExactly("r1.gotFirstResponseByte: expected 1, but was 0");
  }

  @Test
  void roundTripThatDoesNotEndIsFound() {
    assertThat(faults("endsNoRoundTrip"))
        .satisfiesExactly(
            fault -> assertThat(fault).isEqualTo("r1.roundTripDone: expected 1, but was []"),
            fault -> assertThat(fault).startsWith("timeline of r1 is not closed: "));
  }

  @Test
  void timelineThatSaysSomethingElseThanTheAdapterIsFound() {
    assertThat(faults("carriesAnotherSupport"))
        .containsExactly(
            "roundTripStart carries HookSupport[dnsDone NEVER: for the test],"
                + " which is not what is declared");
  }

  private static void passes(String suite) {
    assertThat(faults(suite)).isEmpty();
  }

  private static List<String> faults(String suite) {
    return SuiteRun.faults(Suites.class, suite);
  }

  /** Run by this test only: its name keeps it from being found otherwise. */
  static final class Suites {
    @TestFactory
    Stream<DynamicNode> right() {
      return suite("h1-disable-keepalives", HookSupport.allExact(), Call::to);
    }

    @TestFactory
    Stream<DynamicNode> swapsTwo() {
      return suite("h1-get", HookSupport.allExact(), held(Hook.WROTE_HEADERS, Hook.WROTE_REQUEST));
    }

    @TestFactory
    Stream<DynamicNode> dropsOne() {
      return lacking("h1-get", HookSupport.allExact(), without(Hook.GOT_FIRST_RESPONSE_BYTE));
    }

    @TestFactory
    Stream<DynamicNode> dropsWhatItSaysIsApproximate() {
      HookSupport approximate =
          HookSupport.builder()
              .approximate("it comes with the head", Hook.GOT_FIRST_RESPONSE_BYTE)
              .build();
      return lacking("h1-get", approximate, without(Hook.GOT_FIRST_RESPONSE_BYTE));
    }

    @TestFactory
    Stream<DynamicNode> callsOneTwice() {
      return suite("h1-get", HookSupport.allExact(), twice(Hook.CONNECT_START));
    }

    /** As a factory of sockets does that is made for the first call and kept with its route. */
    @TestFactory
    Stream<DynamicNode> tellsTheFirstRequestOfAllDials() {
      Misreport first =
          (call, traces) -> {
            boolean ofDial = call.is(Hook.CONNECT_START) || call.is(Hook.CONNECT_DONE);
            call.to(ofDial ? traces.subList(0, 1) : traces);
          };
      return lacking("h1-disable-keepalives", HookSupport.allExact(), first);
    }

    @TestFactory
    Stream<DynamicNode> callsWhatItSaysItNeverCalls() {
      HookSupport never = HookSupport.builder().never("it does not", Hook.PUT_IDLE_CONN).build();
      return suite("h1-get", never, Call::to);
    }

    @TestFactory
    Stream<DynamicNode> callsWhatItSaysItNeverCallsBeyondGo() {
      HookSupport never = HookSupport.builder().never("it does not", Hook.GOT_RESPONSE).build();
      return suite("h1-get", never, Call::to);
    }

    @TestFactory
    Stream<DynamicNode> startsAfterGetConn() {
      return suite("h1-get", HookSupport.allExact(), held(Hook.ROUND_TRIP_START, Hook.GET_CONN));
    }

    /** As an adapter that takes the end of a head for the end of the response. */
    @TestFactory
    Stream<DynamicNode> endsBeforeTheResponse() {
      RoundTripDoneInfo done = RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null);
      Misreport early =
          (call, traces) -> {
            if (call.is(Hook.GOT_RESPONSE)) {
              traces.get(traces.size() - 1).roundTripDone(done);
            }
            if (!call.is(Hook.ROUND_TRIP_DONE)) {
              call.to(traces);
            }
          };
      return suite("h1-get", HookSupport.allExact(), early);
    }

    @TestFactory
    Stream<DynamicNode> tellsNoResponse() {
      return suite("h1-get", HookSupport.allExact(), without(Hook.GOT_RESPONSE));
    }

    @TestFactory
    Stream<DynamicNode> tellsTheResponseTwice() {
      return suite("h1-get", HookSupport.allExact(), twice(Hook.GOT_RESPONSE));
    }

    @TestFactory
    Stream<DynamicNode> tellsLateWithAStamp() {
      return suite("h1-get", stamped(), late(true));
    }

    @TestFactory
    Stream<DynamicNode> tellsLateWithoutAStamp() {
      return suite("h1-get", stamped(), late(false));
    }

    @TestFactory
    Stream<DynamicNode> tellsLateButSaysExact() {
      return suite("h1-get", HookSupport.allExact(), late(true));
    }

    @TestFactory
    Stream<DynamicNode> endsNoRoundTrip() {
      return lacking("h1-get", HookSupport.allExact(), without(Hook.ROUND_TRIP_DONE));
    }

    @TestFactory
    Stream<DynamicNode> carriesAnotherSupport() {
      HookSupport other = HookSupport.builder().never("for the test", Hook.DNS_DONE).build();
      Misreport carrying =
          (call, traces) -> {
            if (call.is(Hook.ROUND_TRIP_START)) {
              traces
                  .get(traces.size() - 1)
                  .roundTripStart(
                      RoundTripStartInfo.of(
                          1, RoundTripReason.FIRST, "GET", URI.create("http://a.test/"), other));
            } else {
              call.to(traces);
            }
          };
      return suite("h1-get", HookSupport.allExact(), carrying);
    }

    private static HookSupport stamped() {
      return HookSupport.builder().stamped("told with gotConn", Hook.CONNECT_DONE).build();
    }

    private static Misreport without(Hook hook) {
      return (call, traces) -> {
        if (!call.is(hook)) {
          call.to(traces);
        }
      };
    }

    private static Misreport twice(Hook hook) {
      return (call, traces) -> {
        call.to(traces);
        if (call.is(hook)) {
          call.to(traces);
        }
      };
    }

    /** Tells a hook after another one that follows it. */
    private static Misreport held(Hook hook, Hook next) {
      List<Call> held = new ArrayList<>();
      return (call, traces) -> {
        if (call.is(hook)) {
          held.add(call);
          return;
        }
        call.to(traces);
        if (call.is(next)) {
          held.remove(0).to(traces);
        }
      };
    }

    /** Tells the end of connecting after gotConn. */
    private static Misreport late(boolean withStamp) {
      List<Call> held = new ArrayList<>();
      List<EventStamp> stamps = new ArrayList<>();
      return (call, traces) -> {
        if (call.is(Hook.CONNECT_DONE)) {
          held.add(call);
          stamps.add(EventStamp.current());
          return;
        }
        call.to(traces);
        if (call.is(Hook.GOT_CONN)) {
          EventStamp stamp = withStamp ? stamps.get(0) : EventStamp.current();
          stamp.run(() -> held.get(0).to(traces));
        }
      };
    }

    private static Stream<DynamicNode> suite(
        String scenario, HookSupport support, Misreport misreport) {
      return ConformanceSuite.of(new Misreporting(support, misreport)).only(scenario).tests();
    }

    /** The same, if an event does not come. */
    private static Stream<DynamicNode> lacking(
        String scenario, HookSupport support, Misreport misreport) {
      return ConformanceSuite.of(new Misreporting(support, misreport))
          .only(scenario)
          .patience(Duration.ofSeconds(5))
          .tests();
    }
  }
}
