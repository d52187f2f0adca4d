package io.httptrace.attach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripReason;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
  private ServerSocketChannel server;
  private CommandLink link;
  private SocketChannel command;

  @BeforeEach
  void connect() throws Exception {
    Path socket = directory.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    link = CommandLink.connect(socket);
    command = server.accept();
  }

  @AfterEach
  void close() throws Exception {
    link.close();
    command.close();
    server.close();
  }

  /** All that the command gets. */
  private List<String> written() throws Exception {
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> queue.writeTo(link, TEXT))
            .whenComplete((nothing, error) -> closeLink());
    String all = new String(Channels.newInputStream(command).readAllBytes(), UTF_8);
    writing.get(1, TimeUnit.MINUTES);
    return all.lines().toList();
  }

  private void closeLink() {
    try {
      link.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void allIsWrittenInOrder() throws Exception {
    queue.note("the JDK's client is traced");
    queue.ready();
    queue.add("jdk", TIMELINE);
    queue.note("something");
    queue.close();

    assertThat(written())
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

    List<String> lines = written();
    assertThat(lines.stream().filter(REQUEST::equals)).hasSize(TimelineQueue.CAPACITY);
    assertThat(lines).endsWith("note\tthe last", "end\t" + MORE);
  }

  @Test
  void whatComesAfterTheEndIsNotTaken() throws Exception {
    queue.close();
    queue.add("jdk", TIMELINE);

    assertThat(written()).containsExactly("end\t0");
  }

  @Test
  void whenTheCommandIsGoneTheWriterEnds() throws Exception {
    command.close();
    queue.add("jdk", TIMELINE);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> queue.writeTo(link, TEXT));

    writing.get(1, TimeUnit.MINUTES);
    queue.add("jdk", TIMELINE); // and nothing is kept: there is nobody who takes it
    queue.close();
  }
}
