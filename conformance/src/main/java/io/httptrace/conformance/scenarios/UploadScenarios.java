package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;

import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.time.Gate;

/** Request bodies that pause, fail, or are refused. */
public abstract class UploadScenarios extends Scenarios {

  /** For subclasses. */
  protected UploadScenarios() {}

  @Scenario("upload-paused")
  final void bodyPausesInTheMiddle(Run run) throws Exception {
    Gate half = new Gate();
    run.resumeBodyWhen("r1", Run.open(half));
    run.server(
        "origin",
        connection -> {
          ReceivedRequestHead head = connection.readHead();
          connection.readBytes(10_000);
          half.open();
          connection.readBytes(head.contentLength() - 10_000);
          connection.send(HELLO);
        });
    run.check();
  }

  @Scenario("upload-body-fails")
  final void bodyOfKnownLengthFails(Run run) throws Exception {
    run.server("origin", connection -> connection.readHead());
    run.check();
  }

  @Scenario("upload-body-fails-chunked")
  final void bodyOfUnknownLengthFails(Run run) throws Exception {
    run.server("origin", connection -> connection.readHead());
    run.check();
  }

  @Scenario("upload-reset")
  final void serverResetsDuringTheUpload(Run run) throws Exception {
    run.server(
        "origin",
        connection -> {
          connection.readHead();
          connection.readBytes(100_000);
          connection.reset();
        });
    run.check();
  }

  /** The body goes on only when the caller has read the whole response. */
  @Scenario("early-response-while-uploading")
  final void answerIsCompleteBeforeTheUpload(Run run) throws Exception {
    run.resumeBodyWhen("r1", run.seen("r1.bodyClosed"));
    run.server(
        "origin",
        connection -> {
          connection.readHead();
          connection.readBytes(50_000);
          connection.send(HELLO);
        });
    run.check();
  }
}
