package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

/** What is said to have ended a connection that has ended. */
class EndCauseTest {
  private final EndCause cause = new EndCause();

  @Test
  void aWriteThatFailsHasEndedIt() {
    IOException broken = new IOException("broken");
    cause.writeFailed(broken);
    cause.writeFailed(new IOException("and another"));
    cause.ended();
    cause.failed(new EOFException());

    assertThat(cause.failure()).isSameAs(broken);
  }

  @Test
  void thatTheServerHasClosedIsNotHiddenByWhatWasStillToBeWritten() {
    EOFException closed = new EOFException();
    cause.writeFailed(new ClosedChannelException());
    cause.ended();
    cause.failed(closed);

    assertThat(cause.failure()).isSameAs(closed);
  }

  @Test
  void whatConcernsOneStreamHasNotEndedIt() {
    cause.writeFailed(new IllegalStateException("no such stream"));
    cause.ended();

    assertThat(cause.failure()).isNull();
  }
}
