package io.httptrace.attach;

import io.httptrace.timeline.Redaction;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent in a JVM, from when the command has attached until the command says that it is enough,
 * or is gone. Then everything is taken out.
 */
public final class AttachedAgent {
  /** So that there is one at a time. Its value is that of the command's process. */
  private static final String ATTACHED = "io.httptrace.attached";

  private final CommandLink link;
  private final Instrumentation instrumentation;

  private AttachedAgent(CommandLink link, Instrumentation instrumentation) {
    this.link = link;
    this.instrumentation = instrumentation;
  }

  /**
   * Connects to the command, and starts the agent on a thread of its own.
   *
   * @param directory where the command's socket is
   * @param token shows the command that it is this agent
   * @param instrumentation changes classes
   * @throws IOException if the command cannot be reached
   */
  public static void start(Path directory, String token, Instrumentation instrumentation)
      throws IOException {
    CommandLink link = CommandLink.connect(directory.resolve("socket"));
    link.send(token);
    AttachedAgent agent = new AttachedAgent(link, instrumentation);
    newThread("httptrace-attach", agent::run).start();
  }

  /** {@return a thread that keeps neither the JVM nor a class loader of the application} */
  static Thread newThread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  private void run() {
    try (link) {
      String settings = link.receive();
      if (settings != null) {
        runOnce(settings.split(" ", -1));
      }
    } catch (IOException gone) {
      // There is nobody left to tell.
    }
  }

  /** One agent at a time: two of them would put their calls into the same methods. */
  private void runOnce(String... settings) throws IOException {
    String other = (String) System.getProperties().putIfAbsent(ATTACHED, settings[0]);
    if (other != null) {
      link.send("failed\tit is watched already, by process " + other);
      return;
    }
    TimelineQueue queue = new TimelineQueue();
    Thread writer = newThread("httptrace-attach-writer", () -> write(queue, text(settings)));
    try {
      trace(queue, writer);
    } finally {
      // Before the command is told that this is the end: another one may come then.
      System.clearProperty(ATTACHED);
      queue.close();
    }
    join(writer);
  }

  private static TimelineText text(String... settings) {
    List<String> words = List.of(settings);
    return new TimelineText(
        words.contains("json"),
        words.contains("secrets") ? Redaction.NONE : Redaction.MASK_SECRETS);
  }

  /** Whatever goes wrong, the command is told, and all is taken out again. */
  private void trace(TimelineQueue queue, Thread writer) {
    List<TracedClients> traced = new ArrayList<>();
    writer.start();
    try {
      traced.add(TracedJdkClient.install(instrumentation, queue));
      traced.add(TracedOkHttp.install(instrumentation, queue));
      UntracedClients.in(instrumentation.getAllLoadedClasses()).forEach(queue::note);
      queue.ready();
      awaitEnd();
    } catch (RuntimeException | LinkageError fault) {
      queue.fail(TimelineText.reason(fault));
    } finally {
      traced.forEach(each -> takeOut(each, queue));
    }
  }

  /** If it cannot go on, nobody would be told anything: then all is taken out. */
  private void write(TimelineQueue queue, TimelineText text) {
    try {
      queue.writeTo(link, text);
    } catch (RuntimeException | Error fault) {
      close(link);
    }
  }

  private static void close(CommandLink link) {
    try {
      link.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private static void takeOut(TracedClients clients, TimelineQueue queue) {
    try {
      clients.close();
    } catch (RuntimeException | LinkageError fault) {
      queue.note("something is not as it was: " + TimelineText.reason(fault));
    }
  }

  /** Returns when the command wants to end, or is gone. */
  private void awaitEnd() {
    try {
      @Nullable String word = link.receive();
      while (word != null && !word.equals("detach")) {
        word = link.receive();
      }
    } catch (IOException gone) {
      // As if it had said so.
    }
  }

  private static void join(Thread writer) {
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
