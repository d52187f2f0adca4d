package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.time.Gate;

/** Request bodies that pause, fail, or are refused. */
final class UploadScenarios {
  @Scenario("upload-paused")
  void bodyPausesInTheMiddle(Run run) throws Exception {
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
  void bodyOfKnownLengthFails(Run run) throws Exception {
    run.server("origin", connection -> connection.readHead());
    run.check();
  }

  @Scenario("upload-body-fails-chunked")
  void bodyOfUnknownLengthFails(Run run) throws Exception {
    run.server("origin", connection -> connection.readHead());
    run.check();
  }

  @Scenario("upload-reset")
  void serverResetsDuringTheUpload(Run run) throws Exception {
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
  @Scenario(value = "early-response-while-uploading", needs = Capability.EARLY_RESPONSE)
  void answerIsCompleteBeforeTheUpload(Run run) throws Exception {
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
