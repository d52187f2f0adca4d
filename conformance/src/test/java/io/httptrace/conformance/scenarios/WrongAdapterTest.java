package io.httptrace.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.OpenClient;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

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
    assertThat(run(suite).getFailures()).extracting(failure -> failure.getException()).isEmpty();
  }

  /** {@return the faults that the failing scenario of a method of {@link Suites} is told} */
  private static List<String> faults(String suite) {
    return run(suite).getFailures().stream()
        .flatMap(failure -> String.valueOf(failure.getException().getMessage()).lines())
        .filter(line -> line.startsWith("- "))
        .map(line -> line.substring(2))
        .toList();
  }

  private static TestExecutionSummary run(String suite) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Suites.class, suite))
                .build(),
            listener);
    assertThat(listener.getSummary().getTestsStartedCount()).as("scenario and tally").isEqualTo(2);
    return listener.getSummary();
  }

  /** Run by this test only: its name keeps it from being found otherwise. */
  static final class Suites {
    @TestFactory
    Stream<DynamicNode> right() {
      return suite("h1-disable-keepalives", HookSupport.allExact(), Call::to);
    }

    @TestFactory
    Stream<DynamicNode> swapsTwo() {
      Misreport swap =
          (call, traces) -> {
            if (call.is(Hook.WROTE_REQUEST)) {
              call.to(traces);
              traces.get(traces.size() - 1).wroteHeaders();
            } else if (!call.is(Hook.WROTE_HEADERS)) {
              call.to(traces);
            }
          };
      return suite("h1-get", HookSupport.allExact(), swap);
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
      Misreport twice =
          (call, traces) -> {
            call.to(traces);
            if (call.is(Hook.CONNECT_START)) {
              call.to(traces);
            }
          };
      return suite("h1-get", HookSupport.allExact(), twice);
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

  /** Tells traces of a call of a hook, or does not. */
  private interface Misreport {
    /**
     * Tells.
     *
     * @param call the call
     * @param traces the traces of the requests of the client so far; it belongs to the last one
     */
    void tell(Call call, List<ClientTrace> traces) throws IOException;
  }

  private record Call(Method method, List<@Nullable Object> arguments) {
    boolean is(Hook hook) {
      return method.getName().equals(hook.methodName());
    }

    void to(List<ClientTrace> traces) throws IOException {
      try {
        method.invoke(traces.get(traces.size() - 1), arguments.toArray());
      } catch (InvocationTargetException | IllegalAccessException e) {
        throw new IOException("a trace of the kit throws nothing here", e);
      }
    }
  }

  /** A client that does right, between which and the traces somebody tells what he likes. */
  private record Misreporting(HookSupport support, Misreport misreport) implements ClientUnderTest {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public OpenClient open(ClientSettings settings) {
      OpenClient client = new BlockingClient(BlockingClient.Fault.NONE).open(settings);
      List<ClientTrace> traces = new ArrayList<>();
      return new OpenClient() {
        @Override
        public ClientCall newCall(ClientRequest request) {
          traces.add(request.trace());
          return client.newCall(with(request, between(List.copyOf(traces))));
        }

        @Override
        public void close() throws IOException {
          client.close();
        }
      };
    }

    private ClientTrace between(List<ClientTrace> traces) {
      return (ClientTrace)
          Proxy.newProxyInstance(
              ClientTrace.class.getClassLoader(),
              new Class<?>[] {ClientTrace.class},
              (proxy, method, arguments) -> {
                if (method.getReturnType() != void.class) {
                  return method.invoke(traces.get(0), arguments);
                }
                List<@Nullable Object> all =
                    arguments == null ? List.of() : Arrays.asList(arguments);
                misreport.tell(new Call(method, all), traces);
                return null;
              });
    }

    private static ClientRequest with(ClientRequest request, ClientTrace trace) {
      return new ClientRequest(
          request.method(),
          request.uri(),
          request.headers(),
          request.body(),
          request.expectContinue(),
          request.timeout(),
          List.of(trace));
    }
  }
}
