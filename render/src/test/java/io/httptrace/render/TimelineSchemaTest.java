package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.httptrace.ConnWaitReason;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Timelines of scripted hooks, by the schema. */
class TimelineSchemaTest {
  private static final URI TARGET = URI.create("http://example.test/");

  static Stream<Named<Consumer<HookScript>>> calls() {
    return Stream.of(
        Named.of("cold", SampleTimelines::cold),
        Named.of("pooled", SampleTimelines::pooled),
        Named.of("refused", SampleTimelines::refused),
        Named.of("cancelledBetweenPhases", SampleTimelines::cancelledBetweenPhases),
        Named.of("unknownHost", SampleTimelines::unknownHost),
        Named.of("retried", SampleTimelines::retried));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void holdsForACall(Consumer<HookScript> call) {
    TimelineSchema.check(SampleTimelines.of(call));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void holdsForACallThatIsUnderWay(Consumer<HookScript> call) {
    List<HookScript> script = new ArrayList<>();
    List<JsonNode> seen = new ArrayList<>();
    script.add(new HookScript(event -> seen.add(TimelineSchema.check(script.get(0).timeline()))));
    call.accept(script.get(0));

    assertThat(seen).hasSameSizeAs(script.get(0).timeline().events()).hasSizeGreaterThan(3);
  }

  @Test
  void holdsForNothing() {
    TimelineSchema.check(new HookScript().timeline());
  }

  @ParameterizedTest
  @EnumSource
  void holdsForEachReasonToWait(ConnWaitReason reason) {
    JsonNode json =
        TimelineSchema.check(
            SampleTimelines.of(
                script ->
                    script
                        .at(0, trace -> trace.roundTripStart(first(null)))
                        .at(1, trace -> trace.getConn("example.test:80"))
                        .at(2, trace -> trace.connWaitStart(reason))
                        .at(9, trace -> trace.roundTripDone(done(RoundTripOutcome.CANCELLED)))));

    assertThat(json.at("/roundTrips/0/phases/0/waitReason").textValue())
        .isEqualTo(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @ParameterizedTest
  @EnumSource
  void holdsForEachEnd(RoundTripOutcome outcome) {
    TimelineSchema.check(
        SampleTimelines.of(script -> script.at(9, trace -> trace.roundTripDone(done(outcome)))));
  }

  @ParameterizedTest
  @EnumSource
  void holdsForEachReasonOfARoundTrip(RoundTripReason reason) {
    TimelineSchema.check(
        SampleTimelines.of(
            script ->
                script.at(
                    0,
                    trace ->
                        trace.roundTripStart(RoundTripStartInfo.of(1, reason, "GET", TARGET)))));
  }

  @Test
  void holdsForWhatIsNotObservable() {
    HookSupport support = HookSupport.builder().never("hidden", Hook.values()).build();
    JsonNode json =
        TimelineSchema.check(
            SampleTimelines.of(
                script -> script.at(0, trace -> trace.roundTripStart(first(support)))));

    assertThat(json.at("/roundTrips/0/notObservable").findValuesAsText("kind"))
        .containsExactlyElementsOf(
            Arrays.stream(PhaseKind.values()).map(PhaseKind::label).toList());
  }

  @Test
  void holdsForARecorderThatIsFull() {
    TraceRecorder recorder = TraceRecorder.builder().maxEvents(1).build();
    recorder.roundTripStart(first(null));
    recorder.getConn("example.test:80");

    assertThat(TimelineSchema.check(recorder.timeline()).get("droppedEvents").intValue())
        .isEqualTo(1);
  }

  @Test
  void knowsTheFailureThatTheCommandAdds() {
    Map<String, Object> failure = new HashMap<>(Map.of("exitCode", 7, "message", "refused"));
    failure.put("phase", null);

    TimelineSchema.check(new HookScript().timeline(), Map.of("failure", failure));
    TimelineSchema.check(new HookScript().timeline(), Collections.singletonMap("failure", null));
  }

  /** Else the tests above would say nothing. */
  @Test
  void findsWhatIsMissingOrTooMuchOrOfAnotherType() {
    ObjectNode json = (ObjectNode) TimelineSchema.check(SampleTimelines.of(SampleTimelines::cold));
    ObjectNode dns = (ObjectNode) json.at("/roundTrips/0/phases/0");
    ObjectNode connect = (ObjectNode) json.at("/connections/0/phases/1");
    json.put("startedAt", "yesterday").put("another", 1);
    dns.put("startNanos", -1).remove("host");
    connect.put("coalesced", true);

    assertThat(TimelineSchema.faults(json))
        .anySatisfy(fault -> assertThat(fault).startsWith("/startedAt: "))
        .anySatisfy(fault -> assertThat(fault).contains("another"))
        .anySatisfy(fault -> assertThat(fault).startsWith("/roundTrips/0/phases/0/startNanos: "))
        .anySatisfy(fault -> assertThat(fault).contains("'host'"))
        .anySatisfy(fault -> assertThat(fault).contains("coalesced"));
  }

  /** A reader that ignores what it does not know must not stumble over a new member. */
  @Test
  void theSchemaItselfAllowsMoreMembers() throws IOException {
    String schema = Files.readString(Path.of("../docs/timeline.schema.json"));

    assertThat(schema).doesNotContain("additionalProperties", "unevaluatedProperties");
  }

  @Test
  void thePageForPeopleHasAllMembersOfTheSchema() throws IOException {
    String page = Files.readString(Path.of("../docs/timeline-json.md"));
    List<JsonNode> described =
        new ObjectMapper()
            .readTree(Path.of("../docs/timeline.schema.json").toFile())
            .findValues("properties");

    assertThat(described)
        .isNotEmpty()
        .allSatisfy(
            properties ->
                properties
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(page).contains("`" + name + "`")));
  }

  private static RoundTripStartInfo first(@Nullable HookSupport support) {
    return RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", TARGET, support);
  }

  private static RoundTripDoneInfo done(RoundTripOutcome outcome) {
    return RoundTripDoneInfo.of(outcome, null, null);
  }
}
