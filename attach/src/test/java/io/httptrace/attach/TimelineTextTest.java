package io.httptrace.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import org.junit.jupiter.api.Test;

/** What the command is told of a request. */
class TimelineTextTest {
  private static final String MILLIS = String.valueOf(ToldCall.START.toEpochMilli());

  private static String line(ToldCall call) {
    return line(call, Redaction.MASK_SECRETS);
  }

  private static String line(ToldCall call, Redaction redaction) {
    return new TimelineText(false, redaction).line("jdk", call.timeline()).replace('\t', '|');
  }

  private static ToldCall first() {
    return new ToldCall().start(RoundTripReason.FIRST, "http://me:password@a.test/?key=secret");
  }

  @Test
  void aRequestOnANewConnection() {
    assertThat(line(first().connects().answers(200)))
        .isEqualTo(
            "request|jdk|"
                + MILLIS
                + "|200|false|100000000|ddcccc>>..........<<|"
                + "GET http://***@a.test/?key=***, HTTP/1.1 #1 new");
  }

  @Test
  void secretsAreToldIfTheyAreAskedFor() {
    assertThat(line(first().connects().answers(200), Redaction.NONE)).contains("?key=secret, ");
  }

  /** 10 ms, 20, 10, 50 and 10, then 10, 50 and 10, in 20 characters of 8.5 ms. */
  @Test
  void aRedirectIsPartOfItsLine() {
    assertThat(
            line(
                first()
                    .connects()
                    .answers(302)
                    .start(RoundTripReason.REDIRECT, "http://a.test/b")
                    .gets(true)
                    .answers(404)))
        .isEqualTo(
            "request|jdk|"
                + MILLIS
                + "|404|false|170000000|dccc>......<>......<|GET http://***@a.test/?key=***,"
                + " redirected to http://a.test/b, HTTP/1.1 #1 reused");
  }

  @Test
  void aFailureSaysWhereAndWhy() {
    assertThat(line(first().refuses()))
        .isEqualTo(
            "request|jdk|"
                + MILLIS
                + "|-|true|40000000|cccccccccccccccccccc|"
                + "GET http://***@a.test/?key=***, failed in connect: Connection refused");
  }

  @Test
  void aRetryAndACancelledRequest() {
    assertThat(
            line(
                first()
                    .refuses()
                    .start(RoundTripReason.RETRY, "http://a.test/")
                    .gets(true)
                    .ends(40, RoundTripOutcome.CANCELLED, null)))
        .endsWith(", again, HTTP/1.1 #1 reused, cancelled in request")
        .contains("|-|true|80000000|cccccccccc>>>>>>>>>>|");
  }

  @Test
  void aBodyThatNobodyWantedIsNoFailure() {
    assertThat(line(first().connects().ends(0, RoundTripOutcome.ABANDONED, null)))
        .contains("|false|")
        .endsWith(", body abandoned");
  }

  @Test
  void whatIsUnderWayHasABarToo() {
    assertThat(line(first())).contains("|-|false|0|                    |").endsWith(", under way");
  }

  @Test
  void jsonSaysWhichClientItWas() {
    Timeline timeline = first().connects().answers(200).timeline();

    assertThat(new TimelineText(true, Redaction.MASK_SECRETS).line("okhttp", timeline))
        .startsWith("json\t{\"schema\":\"httptrace/2\",")
        .contains("\"uri\":\"http://***@a.test/?key=***\"")
        .doesNotContain("secret", "password", "\n")
        .endsWith(",\"client\":\"okhttp\"}");
  }
}
