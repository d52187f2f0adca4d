package io.httptrace.conformance.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.HookArgument;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.log.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client says of its hooks decides what is expected of them, and no more. */
final class FidelityTest {
  private static final Map<String, Integer> SERVERS =
      Map.of("accept origin", 1, "request origin", 1);
  private static final String CONNECTED = "r1.connectDone(tcp 127.0.0.1:{port:origin} err=none)";
  private static final String GOT_CONN = "r1.gotConn(reused=false wasIdle=false idleTime>0=false)";

  private static HookSupport stamped() {
    return HookSupport.builder().stamped("for the test", Hook.CONNECT_DONE).build();
  }

  private static HookSupport approximate() {
    return HookSupport.builder()
        .approximate("for the test", Hook.CONNECT_START, Hook.CONNECT_DONE)
        .build();
  }

  @Test
  void stampedHookIsOrderedByItsStamp() {
    List<LoggedEvent> told = new ArrayList<>(LoggedEvent.inOrder(events()));
    int at = events().indexOf(CONNECTED);
    told.remove(at);
    told.add(at + 2, new LoggedEvent(CONNECTED, at, at + 3L));

    assertThat(violations(told, stamped())).isEmpty();
    assertThat(violations(told, HookSupport.allExact()))
        .containsExactly(wrongWayRound(CONNECTED, GOT_CONN));
  }

  @Test
  void stampThatIsWrongIsFound() {
    List<LoggedEvent> told = new ArrayList<>(LoggedEvent.inOrder(events()));
    int at = events().indexOf(CONNECTED);
    told.set(at, new LoggedEvent(CONNECTED, at + 2L, at + 2L));

    assertThat(violations(told, stamped())).containsExactly(wrongWayRound(CONNECTED, GOT_CONN));
    told.set(at, new LoggedEvent(CONNECTED, at, at - 1L));
    assertThat(violations(told, stamped()))
        .containsExactly(CONNECTED + ": its stamp is later than its call");
  }

  @Test
  void approximateHookComesInAnyOrderButAsOften() {
    List<String> events = events();
    events.remove(CONNECTED);
    assertThat(violations(LoggedEvent.inOrder(events), approximate()))
        .containsExactly(CONNECTED + ": expected 1, but was 0");
    events.add(events.size() - 1, CONNECTED);
    assertThat(violations(LoggedEvent.inOrder(events), approximate())).isEmpty();
    events.add(0, events.remove(events.size() - 2));
    assertThat(violations(LoggedEvent.inOrder(events), approximate()))
        .containsExactly(wrongWayRound("r1.connectStart(tcp 127.0.0.1:{port:origin})", CONNECTED));
  }

  @Test
  void ordersAroundAnApproximateHookStay() {
    List<String> events = events();
    int at = events.indexOf(GOT_CONN);
    events.add(0, events.remove(at));
    assertThat(violations(LoggedEvent.inOrder(events), approximate()))
        .containsExactly(wrongWayRound("r1.getConn(127.0.0.1:{port:origin})", GOT_CONN));
  }

  @Test
  void maskedArgumentIsNotComparedAndItsHookIs() {
    MaskedArgument mask =
        MaskedArgument.of(HookArgument.GOT_CONN_IDLE_TIME, "it is not told how long");
    GoldenCheck check =
        GoldenCheck.of(
            GoldenRecording.load("redirect-302-same-host"),
            List.of(),
            HookSupport.allExact(),
            List.of(
                mask,
                MaskedArgument.of(HookArgument.GOT_CONN_REUSED, "for the test"),
                MaskedArgument.of(HookArgument.GOT_CONN_WAS_IDLE, "for the test")));
    Map<String, Integer> servers = Map.of("accept origin", 1, "request origin", 2);
    List<String> events = new ArrayList<>(GoldenRecording.load("redirect-302-same-host").events());
    events.replaceAll(e -> e.replace("idleTime>0=true", "idleTime>0=false"));
    assertThat(check.violations(LoggedEvent.inOrder(events), servers)).isEmpty();
    int second = events.lastIndexOf("r1.gotConn(reused=true wasIdle=true idleTime>0=false)");
    events.add(second + 2, events.remove(second));
    assertThat(check.violations(LoggedEvent.inOrder(events), servers))
        .containsExactly(
            "expected r1.gotConn(reused=? wasIdle=? idleTime>0=?)#2 <"
                + " r1.wroteHeaderField(host=[\"127.0.0.1:{port:origin}\"])#2,"
                + " but it was the other way round");
  }

  @Test
  void everyArgumentIsFoundInARecording() {
    List<String> all =
        GoldenRecording.index().keySet().stream()
            .flatMap(name -> GoldenRecording.load(name).events().stream())
            .toList();
    for (HookArgument argument : HookArgument.values()) {
      assertThat(all)
          .as("events with %s", argument)
          .anySatisfy(event -> assertThat(argument.maskedIn(event)).isNotEqualTo(event));
    }
  }

  @Test
  void deviationsOfManyRecordingsApplyWherePresent() {
    Deviation target =
        new Deviation(
            "proxy-*",
            "it names the target",
            List.of(
                new Deviation.Replaced(
                    "*.getConn(127.0.0.1:{port:proxy})", "*.getConn(127.0.0.1:{port:origin})")));
    for (String name : List.of("proxy-refused", "proxy-https", "h1-get")) {
      GoldenRecording recording = GoldenRecording.load(name);
      List<String> events = new ArrayList<>(recording.events());
      events.replaceAll(
          e -> e.replace("getConn(127.0.0.1:{port:proxy}", "getConn(127.0.0.1:{port:origin}"));
      GoldenCheck check =
          GoldenCheck.of(recording, List.of(target), HookSupport.allExact(), List.of());
      assertThat(check.complete(events)).as(name).isTrue();
    }
  }

  @Test
  void nothingIsExcusedWithoutAReason() {
    assertThatThrownBy(() -> MaskedArgument.of(HookArgument.DNS_DONE_ADDRESSES, " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no reason for the mask of dnsDone.addrs");
  }

  private static List<String> events() {
    return new ArrayList<>(GoldenRecording.load("h1-get").events());
  }

  private static List<String> violations(List<LoggedEvent> events, HookSupport support) {
    return GoldenCheck.of(GoldenRecording.load("h1-get"), List.of(), support, List.of())
        .violations(events, SERVERS);
  }

  private static String wrongWayRound(String first, String second) {
    return "expected " + first + " < " + second + ", but it was the other way round";
  }
}
