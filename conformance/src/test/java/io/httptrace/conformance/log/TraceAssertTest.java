package io.httptrace.conformance.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.error.ErrorClassifier;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceAssertTest {
  private final TraceLog log = new TraceLog(ErrorClassifier.standard());
  private final RequestLog request = log.request("r1");
  private final ClientTrace trace = request.trace();
  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

  @Test
  void wholeListIsComparedInTheNotationOfTheRecordings() {
    log.namePort("origin", 4711);
    trace.getConn("127.0.0.1:4711");
    trace.connectStart("tcp", address);
    trace.connectDone("tcp", address, new ConnectException("Connection refused"));
    request.roundTripReturned(new ConnectException());
    TraceAssert.assertThat(log)
        .containsExactly(
            "r1.getConn(127.0.0.1:{port:origin})",
            "r1.connectStart(tcp 127.0.0.1:{port:origin})",
            "r1.connectDone(tcp 127.0.0.1:{port:origin} err=refused)",
            "r1.roundTripReturned(err=refused)")
        .startsBefore("r1.getConn", "r1.connectStart")
        .doesNotContain("r1.dnsStart")
        .eachStartHasOneEnd();
  }

  @Test
  void differenceIsShownWithTheWholeLog() {
    trace.wroteHeaders();
    trace.gotFirstResponseByte();
    assertThatThrownBy(
            () ->
                TraceAssert.assertThat(log).containsExactly("r1.wroteHeaders", "r1.got100Continue"))
        .hasMessageContaining("place 1")
        .hasMessageContaining("r1.gotFirstResponseByte");
  }

  @Test
  void wrongOrderFails() {
    trace.gotFirstResponseByte();
    trace.wroteHeaders();
    assertThatThrownBy(
            () -> TraceAssert.assertThat(log).startsBefore("r1.wroteHeaders", "r1.gotFirst"))
        .hasMessageContaining("comes after");
  }

  @Test
  void eventThatDoesNotHappenFails() {
    assertThatThrownBy(() -> TraceAssert.assertThat(log).startsBefore("r1.a", "r1.b"))
        .hasMessageContaining("r1.a does not happen");
  }

  @Test
  void eventThatMustNotHappenFails() {
    trace.wroteHeaders();
    assertThatThrownBy(() -> TraceAssert.assertThat(log).doesNotContain("r1.wrote"))
        .hasMessageContaining("happens");
  }

  @Test
  void startWithoutEndFails() {
    trace.connectStart("tcp", address);
    assertThatThrownBy(() -> TraceAssert.assertThat(log).eachStartHasOneEnd())
        .hasMessageContaining("1 without an end");
  }

  @Test
  void endWithoutStartFails() {
    trace.tlsHandshakeDone(null, null);
    assertThatThrownBy(() -> TraceAssert.assertThat(log).eachStartHasOneEnd())
        .hasMessageContaining("without its start");
  }

  @Test
  void fieldsAClientAddsOnItsOwnAreLeftOut() {
    request.ownFields(List.of("Accept-Encoding"));
    trace.wroteHeaderField("User-Agent", List.of("x"));
    trace.wroteHeaderField("Content-Length", List.of("0"));
    trace.wroteHeaderField("Accept-Encoding", List.of("identity"));
    trace.wroteHeaderField("X-Multi", List.of("one", "\"two\""));
    TraceAssert.assertThat(log)
        .containsExactly(
            "r1.wroteHeaderField(accept-encoding=[\"identity\"])",
            "r1.wroteHeaderField(x-multi=[\"one\" \"\\\"two\\\"\"])");
  }
}
