package io.httptrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.conformance.server.ScriptedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Every body handler of the JDK. */
final class BodyHandlersTest extends Contract {
  private static final String TEXT = "first\r\nsecond\n\nfourth";

  @BothClients
  void ofStringDecodesByTheCharsetOfContentType(Subject subject) throws Exception {
    byte[] content = "grüße €".getBytes(UTF_16BE);
    ScriptedServer server =
        answer(
            (request, connection) -> {
              connection.send(
                  "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=\"UTF-16BE\"\r\n"
                      + "Content-Length: "
                      + content.length
                      + "\r\n\r\n");
              connection.send(content);
            });

    assertThat(send(client(subject), get(server), BodyHandlers.ofString()).body())
        .isEqualTo("grüße €");
  }

  @BothClients
  void ofStringTakesUtf8IfTheCharsetIsUnknownOrNotGiven(Subject subject) throws Exception {
    byte[] content = "grüße €".getBytes(UTF_8);
    for (String type : List.of("text/plain; charset=no-such-charset", "text/plain", "garbage")) {
      ScriptedServer server =
          answer(
              (request, connection) -> {
                connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: "
                        + type
                        + "\r\nContent-Length: "
                        + content.length
                        + "\r\n\r\n");
                connection.send(content);
              });

      assertThat(send(client(subject), get(server), BodyHandlers.ofString()).body())
          .isEqualTo("grüße €");
    }
  }

  @BothClients
  void ofByteArrayGivesTheBytes(Subject subject) throws Exception {
    assertThat(send(client(subject), get(answer(ok(TEXT))), BodyHandlers.ofByteArray()).body())
        .isEqualTo(TEXT.getBytes(UTF_8));
  }

  @BothClients
  void ofByteArrayGivesNoBytesForNoBody(Subject subject) throws Exception {
    HttpClient client = client(subject);

    assertThat(send(client, get(answer(ok(""))), BodyHandlers.ofByteArray()).body()).isEmpty();
    assertThat(
            send(client, get(answer("HTTP/1.1 204 No Content\r\n\r\n")), BodyHandlers.ofByteArray())
                .body())
        .isEmpty();
  }

  @BothClients
  void ofByteArrayConsumerGetsThePiecesAndThenTheEnd(Subject subject) throws Exception {
    List<Optional<byte[]>> pieces = new ArrayList<>();

    HttpResponse<Void> response =
        client(subject).send(get(answer(ok(TEXT))), BodyHandlers.ofByteArrayConsumer(pieces::add));

    assertThat(response.body()).isNull();
    assertThat(pieces.get(pieces.size() - 1)).isEmpty();
    assertThat(
            pieces.stream()
                .flatMap(Optional::stream)
                .map(piece -> new String(piece, UTF_8))
                .collect(Collectors.joining()))
        .isEqualTo(TEXT);
  }

  @BothClients
  void ofFileWritesTheFile(Subject subject, @TempDir Path dir) throws Exception {
    Path file = dir.resolve("body");

    HttpResponse<Path> response =
        send(client(subject), get(answer(ok(TEXT))), BodyHandlers.ofFile(file));

    assertThat(response.body()).isEqualTo(file).hasContent(TEXT);
  }

  @BothClients
  void ofFileFailsIfTheFileCannotBeOpened(Subject subject, @TempDir Path dir) throws Exception {
    Path file = Files.createFile(dir.resolve("body"));

    assertFailsWith(
        client(subject),
        get(answer(ok(TEXT))),
        BodyHandlers.ofFile(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        FileAlreadyExistsException.class);
  }

  @BothClients
  void ofFileDownloadTakesTheNameOfTheServer(Subject subject, @TempDir Path dir) throws Exception {
    ScriptedServer server =
        answer(
            "HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename=\"report.txt\"\r\n"
                + "Content-Length: 4\r\n\r\ndata");

    HttpResponse<Path> response =
        send(
            client(subject),
            get(server),
            BodyHandlers.ofFileDownload(dir, StandardOpenOption.CREATE, StandardOpenOption.WRITE));

    assertThat(response.body()).isEqualTo(dir.resolve("report.txt")).hasContent("data");
  }

  @BothClients
  void ofFileDownloadFailsWithoutAName(Subject subject, @TempDir Path dir) throws Exception {
    assertFailsWith(
        client(subject),
        get(answer(ok("data"))),
        BodyHandlers.ofFileDownload(dir, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        UncheckedIOException.class);
  }

  @BothClients
  void ofInputStreamIsReadAfterTheResponseIsThere(Subject subject) throws Exception {
    try (InputStream body =
        send(client(subject), get(answer(ok(TEXT))), BodyHandlers.ofInputStream()).body()) {
      assertThat(body).hasBinaryContent(TEXT.getBytes(UTF_8));
    }
  }

  @BothClients
  void ofInputStreamIsThereBeforeTheBodyIs(Subject subject) throws Exception {
    var first = new CompletableFuture<Void>();
    ScriptedServer server =
        answer(
            (request, connection) -> {
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nda");
              first.get();
              connection.send("ta");
            });

    try (InputStream body =
        client(subject).send(get(server), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.readNBytes(2)).containsExactly('d', 'a');
      first.complete(null);
      assertThat(body.readAllBytes()).containsExactly('t', 'a');
    }
  }

  @BothClients
  void closingTheInputStreamMidwayClosesTheConnection(Subject subject) throws Exception {
    var sent = new CompletableFuture<Void>();
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\nda");
              sent.complete(null);
            });

    client(subject).send(get(server), BodyHandlers.ofInputStream()).body().close();

    soon(sent);
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  @BothClients
  void theInputStreamFailsWhereTheBodyBreaksOff(Subject subject) throws Exception {
    ScriptedServer server = answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nda");

    try (InputStream body =
        client(subject).send(get(server), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.readNBytes(2)).containsExactly('d', 'a');
      assertThat(jdkType(catchThrowable(body::read))).isEqualTo(IOException.class);
    }
  }

  @BothClients
  void theInputStreamCanBeReadWhereTheFutureIsWaitedFor(Subject subject) throws Exception {
    CompletableFuture<String> text =
        client(subject)
            .sendAsync(get(answer(ok(TEXT))), BodyHandlers.ofInputStream())
            .thenApply(response -> read(response.body()));

    assertThat(soon(text)).isEqualTo(TEXT);
  }

  @BothClients
  void aMappingMayReadTheInputStream(Subject subject) throws Exception {
    BodyHandler<String> handler =
        info -> BodySubscribers.mapping(BodySubscribers.ofInputStream(), BodyHandlersTest::read);

    assertThat(send(client(subject), get(answer(ok(TEXT))), handler).body()).isEqualTo(TEXT);
  }

  private static String read(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BothClients
  void ofLinesGivesTheLinesAsTheyCome(Subject subject) throws Exception {
    try (Stream<String> lines =
        send(client(subject), get(answer(ok(TEXT))), BodyHandlers.ofLines()).body()) {
      assertThat(lines).containsExactly("first", "second", "", "fourth");
    }
  }

  @BothClients
  void fromLineSubscriberGetsTheLines(Subject subject) throws Exception {
    Collector<String> collector = new Collector<>();

    HttpResponse<List<String>> response =
        client(subject)
            .send(
                get(answer(ok(TEXT))),
                BodyHandlers.fromLineSubscriber(collector, Collector::items, null));

    assertThat(response.body()).containsExactly("first", "second", "", "fourth");
    assertThat(collector.ends()).containsExactly("complete");
  }

  @BothClients
  void fromSubscriberGetsTheBuffers(Subject subject) throws Exception {
    Collector<List<ByteBuffer>> collector = new Collector<>();

    HttpResponse<String> response =
        client(subject)
            .send(
                get(answer(ok(TEXT))),
                BodyHandlers.fromSubscriber(collector, c -> text(c.items())));

    assertThat(response.body()).isEqualTo(TEXT);
    assertThat(collector.ends()).containsExactly("complete");
  }

  @BothClients
  void fromSubscriberIsToldThatTheBodyBrokeOff(Subject subject) throws Exception {
    ScriptedServer server = answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nda");
    Collector<List<ByteBuffer>> collector = new Collector<>();

    Throwable thrown =
        failureOfSend(client(subject), get(server), BodyHandlers.fromSubscriber(collector));

    assertThat(jdkType(thrown)).isEqualTo(IOException.class);
    assertThat(text(collector.items())).isEqualTo("da");
    assertThat(collector.ends()).containsExactly("error");
  }

  @BothClients
  void ofPublisherPublishesAfterTheResponseIsThere(Subject subject) throws Exception {
    Collector<List<ByteBuffer>> collector = new Collector<>();

    Flow.Publisher<List<ByteBuffer>> body =
        client(subject).send(get(answer(ok(TEXT))), BodyHandlers.ofPublisher()).body();
    body.subscribe(collector);

    soon(collector.end());
    assertThat(text(collector.items())).isEqualTo(TEXT);
    assertThat(collector.ends()).containsExactly("complete");
  }

  private static String text(List<List<ByteBuffer>> items) {
    return items.stream()
        .flatMap(List::stream)
        .map(buffer -> UTF_8.decode(buffer.duplicate()).toString())
        .collect(Collectors.joining());
  }

  @BothClients
  void discardingLeavesTheConnectionFitForTheNextRequest(Subject subject) throws Exception {
    ScriptedServer server = answer(ok(TEXT));
    HttpClient client = client(subject);

    assertThat(client.send(get(server), BodyHandlers.discarding()).body()).isNull();
    assertThat(client.send(get(server), BodyHandlers.discarding()).body()).isNull();

    assertThat(server.accepted()).isEqualTo(1);
  }

  @BothClients
  void replacingGivesTheReplacement(Subject subject) throws Exception {
    assertThat(send(client(subject), get(answer(ok(TEXT))), BodyHandlers.replacing(42)).body())
        .isEqualTo(42);
  }

  @BothClients
  void bufferingDeliversFullBuffersButTheLast(Subject subject) throws Exception {
    Collector<List<ByteBuffer>> collector = new Collector<>();

    client(subject)
        .send(
            get(answer(ok("0123456789"))),
            BodyHandlers.buffering(BodyHandlers.fromSubscriber(collector), 4));

    assertThat(collector.items().stream().flatMap(List::stream).map(ByteBuffer::remaining))
        .containsExactly(4, 4, 2);
  }

  /** The handler that JDK 25 added; older releases have nothing to check. */
  @BothClients
  void limitingFailsBeyondTheLimit(Subject subject) throws Exception {
    HttpClient client = client(subject);
    ScriptedServer server = answer(ok("0123456789"));

    for (Map.Entry<Long, BodyHandler<String>> limit : limitingHandlers().entrySet()) {
      if (limit.getKey() < 10) {
        assertFails(client, get(server), limit.getValue(), IOException.class);
      } else {
        assertThat(client.send(get(server), limit.getValue()).body()).isEqualTo("0123456789");
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<Long, BodyHandler<String>> limitingHandlers() throws Exception {
    if (Runtime.version().feature() < 25) {
      return Map.of(10L, BodyHandlers.ofString());
    }
    var limiting = BodyHandlers.class.getMethod("limiting", BodyHandler.class, long.class);
    return Map.of(
        9L, (BodyHandler<String>) limiting.invoke(null, BodyHandlers.ofString(), 9L),
        10L, (BodyHandler<String>) limiting.invoke(null, BodyHandlers.ofString(), 10L));
  }

  @BothClients
  void theHandlerSeesStatusHeadersAndVersion(Subject subject) throws Exception {
    ScriptedServer server = answer("HTTP/1.1 404 No\r\nX-A: 1\r\nContent-Length: 0\r\n\r\n");
    List<String> seen = new ArrayList<>();

    client(subject)
        .send(
            get(server),
            info -> {
              seen.add(info.statusCode() + " " + info.headers().map() + " " + info.version());
              return BodySubscribers.discarding();
            });

    assertThat(seen).containsExactly("404 {content-length=[0], x-a=[1]} HTTP_1_1");
  }

  @BothClients
  void aSlowlySentLineIsReadAsItComes(Subject subject) throws Exception {
    var read = new CompletableFuture<Void>();
    ScriptedServer server =
        answer(
            (request, connection) -> {
              connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n");
              read.get();
              connection.send("2\r\nb\n\r\n0\r\n\r\n");
            });

    HttpRequest request = get(server);
    try (BufferedReader body =
        new BufferedReader(
            new InputStreamReader(
                client(subject).send(request, BodyHandlers.ofInputStream()).body(), UTF_8))) {
      assertThat(body.readLine()).isEqualTo("a");
      read.complete(null);
      assertThat(body.readLine()).isEqualTo("b");
      assertThat(body.readLine()).isNull();
    }
  }
}
