package io.httptrace.conformance.scenarios;

import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.ConnectionInfo;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.OpenClient;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The least client that plays some of the scenarios: GET with a response of known length, one
 * connection. It can be told to do one thing wrong.
 */
public final class BlockingClient implements ClientUnderTest {
  public enum Fault {
    NONE,
    FORGETS_FIRST_BYTE,
    REPORTS_HEADERS_TWICE,
    PUTS_BACK_TOO_LATE,
    FORGETS_END_OF_ROUND_TRIP,
    LEAVES_CONNECTION_OPEN,
    LEAVES_THREAD,
    HAS_UNCAUGHT_EXCEPTION
  }

  private final Fault fault;

  public BlockingClient(Fault fault) {
    this.fault = fault;
  }

  @Override
  public String name() {
    return "blocking client";
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    return new Open(settings, fault);
  }

  private static final class Open implements OpenClient {
    private final ClientSettings settings;
    private final Fault fault;
    private @Nullable Socket idle;

    Open(ClientSettings settings, Fault fault) {
      this.settings = settings;
      this.fault = fault;
    }

    @Override
    public ClientCall newCall(ClientRequest request) {
      return new ClientCall() {
        @Override
        public ClientResponse send() throws Exception {
          return roundTrip(request);
        }

        @Override
        public void cancel() {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    public void close() throws IOException {
      if (idle != null && fault != Fault.LEAVES_CONNECTION_OPEN) {
        idle.close();
      }
    }

    private ClientResponse roundTrip(ClientRequest request) throws Exception {
      ClientTrace trace = request.trace();
      trace.roundTripStart(
          RoundTripStartInfo.of(1, RoundTripReason.FIRST, request.method(), request.uri()));
      try {
        misbehave();
        Socket socket = connection(request.uri(), trace);
        write(request, socket, trace);
        return read(socket, trace);
      } catch (IOException e) {
        trace.roundTripDone(
            RoundTripDoneInfo.of(RoundTripOutcome.FAILED, ByteCounts.of(0, 0, 0, 0), e));
        throw e;
      }
    }

    private void misbehave() throws InterruptedException {
      if (fault == Fault.LEAVES_THREAD) {
        Thread thread = new Thread(Open::waitForEver, "left behind");
        thread.setDaemon(true);
        thread.start();
      } else if (fault == Fault.HAS_UNCAUGHT_EXCEPTION) {
        Thread thread =
            new Thread(
                () -> {
                  throw new IllegalStateException("nobody catches this");
                });
        thread.start();
        thread.join();
      }
    }

    private static void waitForEver() {
      try {
        Thread.currentThread().join();
      } catch (InterruptedException told) {
        Thread.currentThread().interrupt();
      }
    }

    private Socket connection(URI uri, ClientTrace trace)
        throws IOException, ExecutionException, InterruptedException {
      trace.getConn(uri.getHost() + ":" + uri.getPort());
      Socket reused = idle;
      idle = null;
      Socket socket = reused != null ? reused : dial(uri, trace);
      Duration idleTime = reused != null ? Duration.ofNanos(1) : Duration.ZERO;
      trace.gotConn(
          GotConnInfo.of(
              ConnectionInfo.of(
                  1,
                  socket.getLocalSocketAddress(),
                  socket.getRemoteSocketAddress(),
                  "HTTP/1.1",
                  null,
                  0),
              reused != null,
              reused != null,
              idleTime));
      return socket;
    }

    private Socket dial(URI uri, ClientTrace trace)
        throws IOException, ExecutionException, InterruptedException {
      InetSocketAddress address =
          new InetSocketAddress(resolve(uri.getHost(), trace), uri.getPort());
      trace.connectStart("tcp", address);
      Socket socket = new Socket();
      try {
        socket.connect(address, 5_000);
      } catch (IOException e) {
        trace.connectDone("tcp", address, e);
        throw e;
      }
      trace.connectDone("tcp", address, null);
      return socket;
    }

    private InetAddress resolve(String host, ClientTrace trace)
        throws IOException, ExecutionException, InterruptedException {
      if (settings.names() == null || Character.isDigit(host.charAt(0))) {
        return InetAddress.getByName(host);
      }
      trace.dnsStart(DnsStartInfo.of(host));
      List<InetAddress> found = settings.names().lookup(host).toCompletableFuture().get();
      trace.dnsDone(DnsDoneInfo.of(found, null, false));
      return found.get(0);
    }

    private void write(ClientRequest request, Socket socket, ClientTrace trace) throws IOException {
      String host = request.uri().getRawAuthority();
      trace.wroteHeaderField("Host", List.of(host));
      socket
          .getOutputStream()
          .write(
              (request.method() + " / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      trace.wroteHeaders();
      if (fault == Fault.REPORTS_HEADERS_TWICE) {
        trace.wroteHeaders();
      }
      trace.wroteRequest(WroteRequestInfo.of(null));
    }

    private ClientResponse read(Socket socket, ClientTrace trace) throws IOException {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          socket.close();
          throw new java.io.EOFException();
        }
        if (head.length() == 0 && fault != Fault.FORGETS_FIRST_BYTE) {
          trace.gotFirstResponseByte();
        }
        head.append((char) b);
      }
      trace.gotResponse(GotResponseInfo.of(200, "HTTP/1.1", Map.of()));
      byte[] body = in.readNBytes(5);
      return new ClientResponse(200, "HTTP/1.1", new Body(body, socket, trace));
    }

    private static void closeQuietly(Socket socket) {
      try {
        socket.close();
      } catch (IOException closedAnyway) {
        Objects.requireNonNull(closedAnyway);
      }
    }

    private final class Body extends FilterInputStream {
      private final Socket socket;
      private final ClientTrace trace;
      private boolean ended;

      Body(byte[] content, Socket socket, ClientTrace trace) {
        super(new ByteArrayInputStream(content));
        this.socket = socket;
        this.trace = trace;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (available() == 0 && fault != Fault.PUTS_BACK_TOO_LATE) {
          end();
        }
        return count;
      }

      @Override
      public void close() throws IOException {
        end();
        super.close();
      }

      private void end() {
        if (!ended) {
          ended = true;
          if (settings.keepAlive()) {
            idle = Objects.requireNonNull(socket);
            trace.putIdleConn(null);
          } else {
            closeQuietly(socket);
          }
          if (fault != Fault.FORGETS_END_OF_ROUND_TRIP) {
            trace.roundTripDone(
                RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, ByteCounts.of(0, 0, 0, 0), null));
          }
        }
      }
    }
  }
}
