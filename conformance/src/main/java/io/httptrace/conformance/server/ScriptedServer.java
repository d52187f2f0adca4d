package io.httptrace.conformance.server;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server whose behaviour is a script for each connection: the first connection runs the first
 * script, and so on. It uses blocking sockets and daemon threads named after it. A connection
 * without a script is reset, and is a {@linkplain #problems() problem}, unless there is a script
 * for all others.
 */
public final class ScriptedServer implements AutoCloseable {
  private final String name;
  private final Ports ports;
  private final List<ConnectionScript> scripts;
  private final @Nullable ConnectionScript others;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<ServerConnection> connections = new CopyOnWriteArrayList<>();
  private final List<ReceivedRequestHead> requests = new ArrayList<>();
  private final List<String> namesAsked = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private ScriptedServer(Builder builder, Ports ports) {
    name = builder.name;
    this.ports = ports;
    scripts = List.copyOf(builder.scripts);
    others = builder.others;
  }

  /**
   * {@return a builder of a server}
   *
   * @param name its name, also in the names of its threads
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** {@return its name} */
  public String name() {
    return name;
  }

  /** {@return its port, the same on all its addresses} */
  public int port() {
    return ports.port();
  }

  /** {@return how many connections it has accepted} */
  public int accepted() {
    return connections.size();
  }

  /** {@return the heads of the requests, in the order of arrival} */
  public List<ReceivedRequestHead> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /**
   * Waits until so many heads of requests have arrived. Fails if there are {@linkplain #problems()
   * problems}.
   *
   * @param count how many
   * @throws InterruptedException if the thread is interrupted
   */
  public void awaitRequests(int count) throws InterruptedException {
    synchronized (requests) {
      Waiting.until(requests, () -> requests.size() >= count || !problems.isEmpty(), Waiting.LIMIT);
      if (requests.size() < count) {
        throw new AssertionError(
            name + " got " + requests.size() + " of " + count + " requests " + problems);
      }
    }
  }

  /**
   * Waits until a connection is over at both ends.
   *
   * @param number the number of the connection, from 1
   * @param limit how long at most
   * @return whether it is over
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean awaitEnd(int number, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (requests) {
      if (!Waiting.until(requests, () -> connections.size() >= number, limit)) {
        return false;
      }
    }
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    return connections.get(number - 1).over().await(left);
  }

  /** {@return the connections that are not over at both ends} */
  public List<ServerConnection> openConnections() {
    return connections.stream().filter(c -> !c.over().isOpen()).toList();
  }

  /** {@return the names of targets that it was asked for as a SOCKS proxy, in order} */
  public List<String> namesAsked() {
    return List.copyOf(namesAsked);
  }

  /** {@return the errors: connections without a script, faults of scripts} */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** {@return how connections ended whose script did not finish} */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Closes all sockets and ends all threads. */
  @Override
  public void close() {
    closed = true;
    ports.close();
    connections.forEach(ServerConnection::abort);
    for (Thread thread : threads) {
      thread.interrupt();
    }
    for (Thread thread : threads) {
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(Waiting.LIMIT.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void start() {
    for (ServerSocket listener : ports.listeners()) {
      run("accept " + listener.getLocalSocketAddress(), () -> accept(listener));
    }
  }

  private void run(String what, Runnable action) {
    Thread thread = new Thread(action, "server " + name + " " + what);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept(ServerSocket listener) {
    while (!closed) {
      try {
        accepted(listener.accept());
      } catch (IOException e) {
        if (!closed) {
          problem("cannot accept: " + e);
        }
        return;
      }
    }
  }

  private synchronized void accepted(Socket socket) throws IOException {
    if (closed) {
      // Closing the listener may come too late for a client that connects once more.
      socket.close();
      return;
    }
    int number = connections.size() + 1;
    ServerConnection connection =
        new ServerConnection(number, socket, this::record, namesAsked::add);
    connections.add(connection);
    synchronized (requests) {
      requests.notifyAll();
    }
    ConnectionScript script = number > scripts.size() ? others : scripts.get(number - 1);
    if (script == null) {
      problem("unexpected connection " + connection);
      connection.reset();
      return;
    }
    run("#" + number, () -> play(script, connection));
  }

  private void play(ConnectionScript script, ServerConnection connection) {
    try {
      script.run(connection);
    } catch (IOException | InterruptedException e) {
      notes.add("connection " + connection + ": " + e);
    } catch (Exception | AssertionError e) {
      problem("script of connection " + connection + ": " + e);
      // The client must not wait forever.
      connection.abort();
    } finally {
      connection.finish();
    }
  }

  private void problem(String what) {
    problems.add(what);
    synchronized (requests) {
      requests.notifyAll();
    }
  }

  private void record(ReceivedRequestHead head) {
    synchronized (requests) {
      requests.add(head);
      requests.notifyAll();
    }
  }

  @Override
  public String toString() {
    return name + ": accepted " + accepted() + ", requests " + requests().size();
  }

  /** Builds a server. */
  public static final class Builder {
    private final String name;
    private final List<String> listening = new ArrayList<>();
    private final List<String> refusing = new ArrayList<>();
    private final List<String> hanging = new ArrayList<>();
    private final List<ConnectionScript> scripts = new ArrayList<>();
    private @Nullable ConnectionScript others;

    private Builder(String name) {
      this.name = requireNonNull(name, "name");
    }

    /**
     * Listens on an address. Without any call of {@code on}, {@link #refusingOn} or {@link
     * #hangingOn} the server listens on 127.0.0.1.
     *
     * @param address a loopback address
     * @return this
     */
    public Builder on(String address) {
      listening.add(address);
      return this;
    }

    /**
     * Reserves the port on an address without listening there: connections are refused.
     *
     * @param address a loopback address
     * @return this
     */
    public Builder refusingOn(String address) {
      refusing.add(address);
      return this;
    }

    /**
     * Listens on an address with a full backlog: connecting hangs.
     *
     * @param address a loopback address
     * @return this
     */
    public Builder hangingOn(String address) {
      hanging.add(address);
      return this;
    }

    /**
     * Adds scripts for the next connections.
     *
     * @param next the scripts, one for each connection
     * @return this
     */
    public Builder connections(ConnectionScript... next) {
      for (ConnectionScript script : next) {
        scripts.add(Objects.requireNonNull(script, "script"));
      }
      return this;
    }

    /**
     * Sets the script for all connections that have none of their own, however many there are.
     *
     * @param script the script; it runs for several connections at the same time
     * @return this
     */
    public Builder otherConnections(ConnectionScript script) {
      others = requireNonNull(script, "script");
      return this;
    }

    /** {@return the server, started} */
    public ScriptedServer start() {
      if (listening.isEmpty() && refusing.isEmpty() && hanging.isEmpty()) {
        listening.add("127.0.0.1");
      }
      try {
        Ports ports = Ports.open(listening, refusing, hanging);
        ScriptedServer server = new ScriptedServer(this, ports);
        server.start();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start server " + name, e);
      }
    }
  }
}
