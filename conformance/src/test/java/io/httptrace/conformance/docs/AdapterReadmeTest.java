package io.httptrace.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a README may say, and what it may not. */
final class AdapterReadmeTest {
  private static final String TEXT =
      """
      # An adapter

      ```java
      client.send();
      ```

      ```
      Timeline[2026-11-30T15:40:11.018412377Z 48.120ms
        #1 FIRST GET http://localhost:40405/ 200 COMPLETED 48.120ms [CONNECT DONE 6.107ms]]
      ```

      Never called: `getConn`. Late, with the true time: `gotConn`, `dnsDone`.

      Over HTTP/2 never: `connWaitStart`; approximate: `gotConn`.
      """;

  private static final String PRINTED =
      """
      Timeline[2027-01-01T00:00:00.5Z 7ms
        #1 FIRST GET http://localhost:80/ 200 COMPLETED 90.5µs [CONNECT DONE 3s]]
      """;

  private static final HookSupport FIRST =
      HookSupport.builder()
          .never("untold", Hook.GET_CONN)
          .stamped("told late", Hook.GOT_CONN, Hook.DNS_DONE)
          .build();

  private static final HookSupport LAST =
      HookSupport.builder()
          .never("untold", Hook.CONN_WAIT_START)
          .approximate("guessed", Hook.GOT_CONN)
          .build();

  @TempDir Path samples;
  private AdapterReadme readme;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        samples.resolve("Sample.java"),
        """
            // @start region="program"
            client.send();
            // @end
            // @start region="other"
            client.sendAsync();
            // @end
        """);
    readme = new AdapterReadme(TEXT, samples);
  }

  private static void fails(ThrowingCallable assertion, String... said) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(assertion)
        .satisfies(error -> assertThat(List.of(said)).allMatch(error.getMessage()::contains));
  }

  @Test
  void theReadmeIsThatOfTheModuleAndTheSamplesAreBesideTheTest() throws IOException {
    AdapterReadme ours = AdapterReadme.of(AdapterReadmeTest.class);

    assertThat(ours.text()).startsWith("# httptrace-conformance\n");
    ours.assertQuotes();
  }

  @Test
  void eachBlockIsTheRegionInTheSamePlaceAndThereIsNoOther() throws IOException {
    readme.assertQuotes("Sample#program");

    fails(() -> readme.assertQuotes("Sample#other"), "client.send();", "client.sendAsync();");
    fails(() -> readme.assertQuotes());
    fails(() -> readme.assertQuotes("Sample#program", "Sample#other"));
  }

  @Test
  void aTimelineIsComparedWithoutTimesAndNumbers() {
    readme.assertShows(PRINTED, "CONNECT DONE");
  }

  @Test
  void aTimelineWithOtherPhasesIsNotTheOneShown() {
    fails(() -> readme.assertShows(PRINTED.replace("CONNECT", "DNS"), "DONE"), "DNS", "CONNECT");
    fails(() -> readme.assertShows(PRINTED, "DNS DONE"), "DNS DONE");
    fails(() -> readme.assertShows(PRINTED + PRINTED, "DONE"));
    fails(() -> readme.assertShows("", "DONE"), "nothing after the first line");
    assertThatIllegalArgumentException().isThrownBy(() -> readme.assertShows(PRINTED));
  }

  @Test
  void aReadmeWithoutATimelineShowsNone() {
    AdapterReadme none = new AdapterReadme("# An adapter\n", samples);

    fails(() -> none.assertShows(PRINTED, "DONE"), "there is no ```\nTimeline");
  }

  @Test
  void theHooksThatAreNamedAreThoseThatAreNotExact() {
    readme.assertNamesWhatIsNotExact(FIRST, LAST);

    fails(() -> readme.assertNamesWhatIsNotExact(FIRST), "connWaitStart");
    HookSupport more = HookSupport.builder().never("untold", Hook.GOT_RESPONSE).build();
    fails(() -> readme.assertNamesWhatIsNotExact(FIRST, LAST, more), "gotResponse");
  }

  @Test
  void theLevelOfAHookIsTheLastOneNamedBeforeIt() {
    readme.assertLevels(FIRST, "Never called:", "Over HTTP/2");
    readme.assertLevels(LAST, "Over HTTP/2");

    fails(() -> readme.assertLevels(LAST, "Never called:", "Over HTTP/2"), "dnsDone");
    fails(() -> readme.assertLevels(FIRST, "Over HTTP/2"), "connWaitStart");
    fails(() -> readme.assertLevels(LAST, "Over HTTP/3"), "there is no Over HTTP/3");
    fails(() -> readme.assertLevels(LAST, "Over HTTP/2", "Never"), "there is no Never");
  }

  @Test
  void aHookThatIsNamedWithoutALevelIsAnError() {
    AdapterReadme vague = new AdapterReadme("Hooks: `gotConn`, and late `dnsDone`.", samples);

    fails(() -> vague.assertLevels(FIRST, "Hooks:"), "no level before gotConn");
  }
}
