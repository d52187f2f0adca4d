package io.httptrace.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.GotConnInfo;
import io.httptrace.Hook;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Absent;
import io.httptrace.conformance.Deviation.Times;
import io.httptrace.conformance.HookArgument;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.scenarios.Misreporting.Misreport;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a client says of recordings is to be needed by one of them. */
final class UnneededClaimsTest {
  private static final MaskedArgument IDLE_TIME =
      new MaskedArgument(HookArgument.GOT_CONN_IDLE_TIME, "h1-get", "for the test");
  private static final Absent NO_PUT_IDLE = new Absent("r1.putIdleConn(err=none)");
  private static final Times HEADERS_TWICE = new Times("r1.wroteHeaders", 2);

  private static List<String> faults(String suite) {
    return SuiteRun.faults(Suites.class, suite);
  }

  @Test
  void aMaskThatIsNotNeededIsFound() {
    assertThat(faults("maskNotNeeded")).containsExactly("the mask of gotConn.idleTime in h1-get");
  }

  @Test
  void aMaskThatIsNeededIsNot() {
    assertThat(faults("maskNeeded")).isEmpty();
  }

  @Test
  void aMaskThatIsNeededSometimesIsNot() {
    assertThat(faults("maskNeededSometimes")).isEmpty();
  }

  @Test
  void aMaskOfNoRecordingIsFound() {
    assertThat(faults("maskOfNoRecording"))
        .containsExactly("the mask of gotConn.idleTime in h1-gett");
  }

  @Test
  void aMaskOfScenariosThatWereNotRunIsNotJudged() {
    assertThat(faults("maskOfOthersToo")).isEmpty();
  }

  @Test
  void oneOfTwoMasksOfTheSameIsFound() {
    assertThat(faults("maskedTwice"))
        .containsExactly(
            "the mask of gotConn.reused in h1-get", "the mask of gotConn.reused in h1-get");
  }

  @Test
  void aDeviationThatIsNotNeededIsFound() {
    assertThat(faults("deviationNotNeeded"))
        .containsExactly("the change Times[event=r1.wroteHeaders, min=1, max=2] in h1-get");
  }

  @Test
  void theChangeOfADeviationThatIsNotNeededIsFound() {
    assertThat(faults("oneChangeOfTwoNeeded"))
        .containsExactly("the change Times[event=r1.getConn*, min=0, max=1] in h1-get");
  }

  @Test
  void aDeviationThatIsNeededSometimesIsNotFound() {
    assertThat(faults("deviationNeededSometimes")).isEmpty();
  }

  @Test
  void whatIsSaidOfAScenarioThatDoesNotApplyIsFound() {
    assertThat(faults("deviationOfWhatDoesNotApply"))
        .containsExactly(
            "the change Absent[event=r1.putIdleConn(err=none)] in h1-disable-keepalives");
  }

  @Test
  void aScenarioThatPassesWithoutACapabilityIsFound() {
    assertThat(faults("lacksWhatItHas"))
        .containsExactly(
            "h1-disable-keepalives passes, so this may be untrue: [KEEP_ALIVE_OFF: for the test]");
  }

  @Test
  void aScenarioThatFailsWithoutACapabilityIsNot() {
    assertThat(faults("lacksWhatItLacks")).isEmpty();
  }

  /** Run by this test only: its name keeps it from being found otherwise. */
  static final class Suites {
    private static Stream<DynamicNode> suite(Misreporting client) {
      return ConformanceSuite.of(client).only("h1-get").tests();
    }

    private static Misreport headersTwice() {
      return (call, traces) -> {
        call.to(traces);
        if (call.is(Hook.WROTE_HEADERS)) {
          call.to(traces);
        }
      };
    }

    /** Says of each connection that it has been used before. */
    private static Misreport reused() {
      return (call, traces) -> {
        if (call.is(Hook.GOT_CONN)) {
          var info = (GotConnInfo) call.arguments().get(0);
          traces
              .get(traces.size() - 1)
              .gotConn(GotConnInfo.of(info.connection(), true, info.wasIdle(), info.idleTime()));
        } else {
          call.to(traces);
        }
      };
    }

    @TestFactory
    Stream<DynamicNode> maskNotNeeded() {
      return suite(Misreporting.right().masking(IDLE_TIME));
    }

    @TestFactory
    Stream<DynamicNode> maskNeeded() {
      return suite(
          Misreporting.right()
              .misreporting(reused())
              .masking(new MaskedArgument(HookArgument.GOT_CONN_REUSED, "h1-get", "for the test")));
    }

    @TestFactory
    Stream<DynamicNode> maskNeededSometimes() {
      return suite(
          Misreporting.right()
              .masking(
                  MaskedArgument.sometimes(
                      HookArgument.GOT_CONN_IDLE_TIME, "h1-get", "for the test")));
    }

    @TestFactory
    Stream<DynamicNode> maskOfNoRecording() {
      return suite(
          Misreporting.right()
              .masking(
                  new MaskedArgument(HookArgument.GOT_CONN_IDLE_TIME, "h1-gett", "for the test")));
    }

    @TestFactory
    Stream<DynamicNode> maskOfOthersToo() {
      return suite(
          Misreporting.right()
              .masking(MaskedArgument.of(HookArgument.GOT_CONN_IDLE_TIME, "for the test")));
    }

    @TestFactory
    Stream<DynamicNode> maskedTwice() {
      return suite(
          Misreporting.right()
              .misreporting(reused())
              .masking(
                  new MaskedArgument(HookArgument.GOT_CONN_REUSED, "h1-get", "for the test"),
                  new MaskedArgument(HookArgument.GOT_CONN_REUSED, "h1-get", "once more")));
    }

    @TestFactory
    Stream<DynamicNode> deviationNotNeeded() {
      return suite(
          Misreporting.right()
              .deviating(
                  new Deviation(
                      "h1-get", "for the test", List.of(new Times("r1.wroteHeaders", 1, 2)))));
    }

    @TestFactory
    Stream<DynamicNode> oneChangeOfTwoNeeded() {
      return suite(
          Misreporting.right()
              .misreporting(headersTwice())
              .deviating(
                  new Deviation(
                      "h1-get",
                      "for the test",
                      List.of(HEADERS_TWICE, new Times("r1.getConn*", 0, 1)))));
    }

    @TestFactory
    Stream<DynamicNode> deviationNeededSometimes() {
      return suite(
          Misreporting.right()
              .deviating(
                  Deviation.sometimes(
                      "h1-get", "for the test", List.of(new Times("r1.wroteHeaders", 1, 2)))));
    }

    @TestFactory
    Stream<DynamicNode> deviationOfWhatDoesNotApply() {
      return ConformanceSuite.of(
              withoutKeepAliveOff(Misreporting.right())
                  .deviating(
                      new Deviation("h1-disable-keepalives", "for the test", List.of(NO_PUT_IDLE))))
          .only("h1-get", "h1-disable-keepalives")
          .tests();
    }

    @TestFactory
    Stream<DynamicNode> lacksWhatItHas() {
      return inapplicable(Misreporting.right());
    }

    @TestFactory
    Stream<DynamicNode> lacksWhatItLacks() {
      return inapplicable(Misreporting.right().misreporting(headersTwice()));
    }

    private static Misreporting withoutKeepAliveOff(Misreporting client) {
      return client.having(Capabilities.all().without(Capability.KEEP_ALIVE_OFF, "for the test"));
    }

    private static Stream<DynamicNode> inapplicable(Misreporting client) {
      return ConformanceSuite.of(withoutKeepAliveOff(client))
          .only("h1-disable-keepalives")
          .patience(Duration.ofSeconds(3))
          .withInapplicable()
          .tests();
    }
  }
}
