package io.httptrace.conformance.leak;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.SharedThread;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaks a thread or a connection at one of its servers, has an uncaught
 * exception, or for which a {@link LeakProbe} finds a leak. The failure names all leaks.
 *
 * <p>Register it as a field ({@code @RegisterExtension}). The test closes its clients; the guard
 * closes the servers passed to {@link #watch}. Tests with it must not run at the same time in one
 * process, because threads cannot be attributed to tests.
 */
public final class LeakGuard implements BeforeEachCallback, AfterEachCallback {
  private final List<LeakProbe> probes = new CopyOnWriteArrayList<>();
  private final List<SharedThread> sharedThreads = new CopyOnWriteArrayList<>();
  private final List<ScriptedServer> servers = new CopyOnWriteArrayList<>();
  private final ThreadWatch threads;
  private final Duration patience;
  private UncaughtWatch uncaught = UncaughtWatch.idle();

  /** Makes a guard that waits up to {@link Waiting#LIMIT} for things to go away. */
  public LeakGuard() {
    this(Waiting.LIMIT);
  }

  /**
   * Makes a guard.
   *
   * @param patience how long it waits for things to go away
   */
  public LeakGuard(Duration patience) {
    this.patience = requireNonNull(patience, "patience");
    ServiceLoader.load(LeakProbe.class).forEach(probes::add);
    threads = new ThreadWatch(this::isShared);
  }

  private boolean isShared(Thread thread) {
    return probes.stream().anyMatch(probe -> probe.isShared(thread))
        || sharedThreads.stream().anyMatch(shared -> shared.includes(thread));
  }

  /**
   * Says which threads are no leak.
   *
   * @param threads the threads that belong to the process
   * @return this
   */
  public LeakGuard sharing(List<SharedThread> threads) {
    sharedThreads.addAll(threads);
    return this;
  }

  /**
   * Adds a probe.
   *
   * @param probe the probe
   * @return this
   */
  public LeakGuard probe(LeakProbe probe) {
    probes.add(requireNonNull(probe, "probe"));
    return this;
  }

  /**
   * Watches the connections of a server, which the guard closes after the test.
   *
   * @param server the server
   * @return the server
   */
  public ScriptedServer watch(ScriptedServer server) {
    servers.add(requireNonNull(server, "server"));
    return server;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    begin();
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    List<String> leaks = end();
    if (!leaks.isEmpty()) {
      throw new AssertionError("left behind:\n  " + String.join("\n  ", leaks));
    }
  }

  /** Records the state before the test. For use outside of JUnit's callbacks. */
  public void begin() {
    servers.clear();
    uncaught = UncaughtWatch.install();
    threads.begin();
    probes.forEach(LeakProbe::before);
  }

  /**
   * {@return the leaks since {@link #begin}, one line for each}
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public List<String> end() throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<String> leaks = new ArrayList<>(connections(deadline));
    servers.forEach(ScriptedServer::close);
    leaks.addAll(threads.remaining(deadline));
    leaks.addAll(uncaught.uninstall());
    probes.forEach(probe -> leaks.addAll(probe.leaks()));
    return leaks;
  }

  private List<String> connections(long deadline) throws InterruptedException {
    List<String> open = new ArrayList<>();
    for (ScriptedServer server : servers) {
      for (var connection : server.openConnections()) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        if (!connection.over().await(left)) {
          open.add("connection " + connection + " of server " + server.name() + " is still open");
        }
      }
    }
    return open;
  }
}
