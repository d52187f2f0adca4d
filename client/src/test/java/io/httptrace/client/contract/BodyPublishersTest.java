package io.httptrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every body publisher of the JDK, and publishers that do not do what they should. */
final class BodyPublishersTest extends Contract {
  private static final String TEXT = "grüße €";

  /** What a server saw of a body. */
  private record Received(String framing, ByteBuffer content) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();

  private ScriptedServer receiver() {
    return serveAlways(
        connection -> {
          while (true) {
            ReceivedRequestHead head = connection.readHead();
            byte[] content = connection.readBody(head);
            received.add(
                new Received(
                    head.chunked() ? "chunked" : head.values("Content-Length").toString(),
                    ByteBuffer.wrap(content)));
            connection.send(ok(""));
          }
        });
  }

  private void assertArrives(Subject subject, BodyPublisher body, String framing, byte[] content)
      throws Exception {
    ScriptedServer server = receiver();
    received.clear();

    send(client(subject), request(server).POST(body).build(), BodyHandlers.discarding());

    assertThat(received).hasSize(2);
    assertThat(received).extracting(Received::framing).containsOnly(framing);
    assertThat(received).extracting(Received::content).containsOnly(ByteBuffer.wrap(content));
  }

  @BothClients
  void ofString(Subject subject) throws Exception {
    assertArrives(subject, BodyPublishers.ofString(TEXT), "[11]", TEXT.getBytes(UTF_8));
    assertArrives(
        subject, BodyPublishers.ofString(TEXT, UTF_16LE), "[14]", TEXT.getBytes(UTF_16LE));
  }

  @BothClients
  void ofByteArray(Subject subject) throws Exception {
    byte[] bytes = {0, -1, 13, 10};

    assertArrives(subject, BodyPublishers.ofByteArray(bytes), "[4]", bytes);
    assertArrives(subject, BodyPublishers.ofByteArray(bytes, 1, 2), "[2]", new byte[] {-1, 13});
  }

  @BothClients
  void ofByteArrays(Subject subject) throws Exception {
    List<byte[]> parts = List.of(new byte[] {1}, new byte[0], new byte[] {2, 3});

    assertArrives(subject, BodyPublishers.ofByteArrays(parts), "chunked", new byte[] {1, 2, 3});
    assertArrives(subject, BodyPublishers.ofByteArrays(List.of()), "chunked", new byte[0]);
  }

  @BothClients
  void ofFile(Subject subject, @TempDir Path dir) throws Exception {
    byte[] content = pattern(100_000);
    Path file = Files.write(dir.resolve("body"), content);

    assertArrives(subject, BodyPublishers.ofFile(file), "[100000]", content);
  }

  @BothClients
  void ofFileThatIsGone(Subject subject, @TempDir Path dir) throws Exception {
    Path file = Files.write(dir.resolve("body"), new byte[10]);
    BodyPublisher body = BodyPublishers.ofFile(file);
    Files.delete(file);

    assertThat(
            failureOfSend(
                client(subject), request(receiver()).POST(body).build(), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasRootCauseInstanceOf(FileNotFoundException.class);
  }

  @BothClients
  void ofInputStream(Subject subject) throws Exception {
    byte[] content = pattern(100_000);

    assertArrives(
        subject,
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)),
        "chunked",
        content);
  }

  @BothClients
  void ofInputStreamThatFails(Subject subject) {
    BodyPublisher body =
        BodyPublishers.ofInputStream(
            () ->
                stream(
                    () -> {
                      throw new IOException("broken stream");
                    }));

    assertThat(
            failureOfSend(
                client(subject), request(receiver()).POST(body).build(), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
  }

  @BothClients
  void ofInputStreamThatIsNull(Subject subject) {
    BodyPublisher body = BodyPublishers.ofInputStream(() -> null);

    assertThat(
            failureOfSend(
                client(subject), request(receiver()).POST(body).build(), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
  }

  @BothClients
  void fromPublisherOfUnknownLength(Subject subject) throws Exception {
    assertArrives(
        subject,
        BodyPublishers.fromPublisher(BodyPublishers.ofString("abc")),
        "chunked",
        new byte[] {'a', 'b', 'c'});
  }

  @BothClients
  void fromPublisherOfKnownLength(Subject subject) throws Exception {
    assertArrives(
        subject,
        BodyPublishers.fromPublisher(BodyPublishers.ofString("abc"), 3),
        "[3]",
        new byte[] {'a', 'b', 'c'});
  }

  @BothClients
  void noBody(Subject subject) throws Exception {
    assertArrives(subject, BodyPublishers.noBody(), "[0]", new byte[0]);
    assertArrives(subject, BodyPublishers.ofString(""), "[0]", new byte[0]);
  }

  @BothClients
  void concat(Subject subject) throws Exception {
    assertArrives(
        subject,
        BodyPublishers.concat(
            BodyPublishers.ofString("a"), BodyPublishers.noBody(), BodyPublishers.ofString("b")),
        "[2]",
        new byte[] {'a', 'b'});
    assertArrives(
        subject,
        BodyPublishers.concat(
            BodyPublishers.ofString("a"), BodyPublishers.ofByteArrays(List.of(new byte[] {'b'}))),
        "chunked",
        new byte[] {'a', 'b'});
  }

  @BothClients
  void aBodyOfUnknownLengthMayBeEmpty(Subject subject) throws Exception {
    assertArrives(
        subject, BodyPublishers.fromPublisher(BodyPublishers.noBody()), "chunked", new byte[0]);
  }

  @BothClients
  void aBodyOfManyPieces(Subject subject) throws Exception {
    byte[][] pieces = new byte[300][];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = new byte[] {(byte) i};
    }

    assertThat(publish(subject, pieces)).hasSize(300);
  }

  /** With the client of JDK 17 an empty buffer is the chunk that ends the body. */
  @Test
  void emptyBuffersAreSkipped() throws Exception {
    byte[] content =
        publish(Subject.HTTPTRACE, new byte[0], new byte[] {1}, new byte[0], new byte[] {2});

    assertThat(content).containsExactly(1, 2);
  }

  private byte[] publish(Subject subject, byte[]... pieces) throws Exception {
    SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>();
    ScriptedServer server = receiver();
    var response =
        client(subject)
            .sendAsync(
                request(server).POST(BodyPublishers.fromPublisher(source)).build(),
                BodyHandlers.discarding());
    assertThat(waitUntilSubscribed(source)).isTrue();
    for (byte[] piece : pieces) {
      source.submit(ByteBuffer.wrap(piece));
    }
    source.close();
    soon(response);
    return received.get(0).content().array();
  }

  private static boolean waitUntilSubscribed(SubmissionPublisher<?> source) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!source.hasSubscribers() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    return source.hasSubscribers();
  }

  // ---- Publishers that do not do what they should ----

  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Where a publisher throws, or what it does wrong. */
  enum Wrong {
    THROWS_IN_SUBSCRIBE,
    THROWS_IN_REQUEST,
    FAILS_AT_ONCE,
    FAILS_MIDWAY
  }

  private static BodyPublisher wrong(Wrong wrong, long length) {
    Flow.Publisher<ByteBuffer> publisher =
        subscriber -> {
          if (wrong == Wrong.THROWS_IN_SUBSCRIBE) {
            throw new Fault();
          }
          AtomicInteger requests = new AtomicInteger();
          subscriber.onSubscribe(
              new Flow.Subscription() {
                @Override
                public void request(long n) {
                  if (wrong == Wrong.THROWS_IN_REQUEST) {
                    throw new Fault();
                  }
                  if (wrong == Wrong.FAILS_MIDWAY && requests.getAndIncrement() == 0) {
                    subscriber.onNext(ByteBuffer.wrap(new byte[] {1}));
                  } else {
                    subscriber.onError(new Fault());
                  }
                }

                @Override
                public void cancel() {}
              });
        };
    return length < 0
        ? BodyPublishers.fromPublisher(publisher)
        : BodyPublishers.fromPublisher(publisher, length);
  }

  static Stream<Arguments> aPublisherThatFails() {
    return Subject.each(Stream.of(Wrong.values()).map(Arguments::of));
  }

  @ParameterizedTest
  @MethodSource
  void aPublisherThatFails(Subject subject, Wrong wrong) throws Exception {
    for (long length : new long[] {-1, 3}) {
      HttpRequest request = request(receiver()).POST(wrong(wrong, length)).build();
      HttpClient client = client(subject);

      assertThat(failureOfSend(client, request, BodyHandlers.discarding()))
          .isExactlyInstanceOf(IOException.class)
          .hasCauseInstanceOf(Fault.class);
      assertThat(failureOfSendAsync(client, request, BodyHandlers.discarding()))
          .isExactlyInstanceOf(Fault.class);
    }
  }

  @BothClients
  void aPublisherOfTooManyBytes(Subject subject) {
    HttpRequest request =
        request(receiver())
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("abcd"), 3))
            .build();

    assertThat(failureOfSend(client(subject), request, BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Too many bytes in request body. Expected: 3, got: 4");
  }

  @BothClients
  void aPublisherOfTooFewBytes(Subject subject) {
    HttpRequest request =
        request(receiver())
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("ab"), 3))
            .build();

    assertThat(failureOfSend(client(subject), request, BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Too few bytes returned by the publisher (2/3)");
  }

  @BothClients
  void aPublisherThatBlocksDoesNotHoldUpOtherRequests(Subject subject) throws Exception {
    HttpClient client = client(subject);
    ScriptedServer server = receiver();
    CompletableFuture<Void> blocked = new CompletableFuture<>();
    CompletableFuture<Void> release = new CompletableFuture<>();
    BodyPublisher body =
        BodyPublishers.ofInputStream(
            () ->
                stream(
                    () -> {
                      blocked.complete(null);
                      return release.thenApply(nothing -> -1).join();
                    }));
    var waiting = client.sendAsync(request(server).POST(body).build(), BodyHandlers.discarding());
    soon(blocked);

    assertThat(client.send(get(server), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    assertThat(waiting).isNotDone();
    release.complete(null);
    assertThat(soon(waiting).statusCode()).isEqualTo(200);
  }

  /** The JDK's client waits for the publisher all the same. */
  @Test
  void anAnswerMayComeBeforeTheBodyIsSentAndThenThePublisherIsCancelled() throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readHead();
              connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
            });
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            subscriber ->
                subscriber.onSubscribe(
                    new Flow.Subscription() {
                      @Override
                      public void request(long n) {}

                      @Override
                      public void cancel() {
                        cancelled.complete(null);
                      }
                    }));

    var response =
        client(Subject.HTTPTRACE)
            .sendAsync(request(server).POST(body).build(), BodyHandlers.ofString());

    assertThat(soon(response).statusCode()).isEqualTo(413);
    assertThat(soon(response).body()).isEqualTo("no");
    soon(cancelled);
  }

  /** What a stream does when it is read. */
  private interface Read {
    int read() throws IOException;
  }

  private static InputStream stream(Read read) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return read.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return read.read();
      }
    };
  }

  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }
}
