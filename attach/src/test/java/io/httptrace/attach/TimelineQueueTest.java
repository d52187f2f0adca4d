package io.httptrace.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripReason;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the command, and what happens to what does not. */
class TimelineQueueTest {
  private static final TimelineText TEXT = new TimelineText(false, Redaction.MASK_SECRETS);
  private static final Timeline TIMELINE =
      new ToldCall()
          .start(RoundTripReason.FIRST, "http://a.test/")
          .connects()
          .answers(200)
          .timeline();
  private static final String REQUEST = TEXT.line("jdk", TIMELINE);
  private static final int MORE = 5;

  private final TimelineQueue queue = new TimelineQueue();

  @TempDir private Path directory;
  private CommandEnd command;

  @BeforeEach
  void connect() throws Exception {
    command = new CommandEnd(directory);
  }

  @AfterEach
  void close() throws Exception {
    command.close();
  }

  @Test
  void allIsWrittenInOrder() throws Exception {
    queue.note("the JDK's client is traced");
    queue.ready();
    queue.add("jdk", TIMELINE);
    queue.note("something");
    queue.close();

    assertThat(command.written(queue, TEXT))
        .containsExactly(
            "note\tthe JDK's client is traced", "ready", REQUEST, "note\tsomething", "end\t0");
  }

  @Test
  void whatIsTooMuchIsCounted() throws Exception {
    for (int i = 0; i < TimelineQueue.CAPACITY + MORE; i++) {
      queue.add("jdk", TIMELINE);
    }
    queue.note("the last");
    queue.close();

    List<String> lines = command.written(queue, TEXT);
    assertThat(lines.stream().filter(REQUEST::equals)).hasSize(TimelineQueue.CAPACITY);
    assertThat(lines).endsWith("note\tthe last", "end\t" + MORE);
  }

  @Test
  void whyNothingIsToldIsSaidBeforeTheEnd() throws Exception {
    queue.fail("no memory");
    queue.close();

    assertThat(command.written(queue, TEXT)).containsExactly("failed\tno memory", "end\t0");
  }

  @Test
  void whatComesAfterTheEndIsNotTaken() throws Exception {
    queue.close();
    queue.add("jdk", TIMELINE);

    assertThat(command.written(queue, TEXT)).containsExactly("end\t0");
  }

  @Test
  void whenTheCommandIsGoneTheWriterEnds() throws Exception {
    command.leave();
    queue.add("jdk", TIMELINE);
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> queue.writeTo(command.link(), TEXT));

    writing.get(1, TimeUnit.MINUTES);
    queue.add("jdk", TIMELINE); // and nothing is kept: there is nobody who takes it
    queue.close();
  }
}
