package io.httptrace.benchmarks.peer;

import static io.httptrace.benchmarks.peer.WireProtocol.H1;
import static io.httptrace.benchmarks.peer.WireProtocol.H1_TLS;
import static io.httptrace.benchmarks.peer.WireProtocol.H2_TLS;

import java.util.List;

/**
 * A load: what is asked for, how, and how many times at once. Each thread, or each of the requests
 * in flight, begins the next one when it has read the body of the one before.
 *
 * @param name what it is called on the command line
 * @param protocol what is spoken
 * @param operation what is done
 * @param concurrency how many threads, or requests in flight
 * @param path what is asked for
 * @param requestBytes how long the body of the request is
 * @param responseBytes how long the body of the response is
 * @param onOneCore whether client and server share one core
 * @param title what it is
 */
public record Workload(
    String name,
    WireProtocol protocol,
    Operation operation,
    int concurrency,
    String path,
    int requestBytes,
    int responseBytes,
    boolean onOneCore,
    String title) {

  /** What is done with the client. */
  public enum Operation {
    /** {@link PeerClient#get}. */
    GET,
    /** {@link PeerClient#post}. */
    POST,
    /** {@link PeerClient#download}. */
    DOWNLOAD,
    /** {@link PeerClient#getAsync}. */
    ASYNC_GET
  }

  /** What asks the server to close the connection after its answer. */
  public static final String CLOSE = "/close";

  private static final int MIB = 1 << 20;

  /** All there are, in the order of the tables. */
  public static final List<Workload> ALL =
      List.of(
          pinned("sync1pin", "GET 100 B, 1 thread; client and server on one core"),
          get("sync1", H1, 1, "GET 100 B, 1 thread"),
          get("sync32", H1, 32, "GET 100 B, 32 threads"),
          new Workload(
              "post1k", H1, Operation.POST, 1, "/echo", 1024, 1024, false, "POST 1 KiB, 1 thread"),
          async("async64", H1, "GET 100 B, asynchronous, 64 in flight"),
          async("h2async64", H2_TLS, "GET 100 B, asynchronous, 64 in flight, HTTP/2 over TLS"),
          get("tls1", H1_TLS, 1, "GET 100 B, 1 thread, over TLS"),
          get("h2sync1", H2_TLS, 1, "GET 100 B, 1 thread, HTTP/2 over TLS"),
          new Workload(
              "get1m",
              H1,
              Operation.DOWNLOAD,
              1,
              "/1m",
              0,
              MIB,
              false,
              "GET 1 MiB, streamed, 1 thread"),
          new Workload(
              "cold",
              H1_TLS,
              Operation.GET,
              1,
              CLOSE,
              0,
              100,
              false,
              "GET 100 B on a new TLS 1.3 connection each time, 1 thread"));

  private static Workload get(String name, WireProtocol protocol, int threads, String title) {
    return new Workload(name, protocol, Operation.GET, threads, "/hello", 0, 100, false, title);
  }

  private static Workload pinned(String name, String title) {
    return new Workload(name, H1, Operation.GET, 1, "/hello", 0, 100, true, title);
  }

  private static Workload async(String name, WireProtocol protocol, String title) {
    return new Workload(name, protocol, Operation.ASYNC_GET, 64, "/hello", 0, 100, false, title);
  }

  /** {@return the workload of a name} */
  public static Workload of(String name) {
    return ALL.stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such workload: " + name));
  }

  /** {@return whether nobody waits for a response} */
  public boolean isAsync() {
    return operation == Operation.ASYNC_GET;
  }

  /** {@return whether each request needs a new connection} */
  public boolean isCold() {
    return path.equals(CLOSE);
  }
}
