package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.http2.ErrorCodes;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The exit codes for servers that do not answer as they should. */
public final class FailedResponsesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** What a server answers, and the code with which curl and the command end. */
  public enum Answer {
    NOTHING(52, ""),
    A_GREETING(1, "SSH-2.0-OpenSSH\r\n"),
    AN_UNKNOWN_VERSION(1, "HTTP/3.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    NO_STATUS(1, "HTTP/1.1 abc OK\r\n\r\n"),
    A_SHORT_STATUS(1, "HTTP/1.1 20 OK\r\n\r\n"),
    NO_COLON(8, OK + "field\r\nContent-Length: 0\r\n\r\n"),
    A_LENGTH_THAT_IS_NONE(8, OK + "Content-Length: x\r\n\r\nabc"),
    A_NEGATIVE_LENGTH(8, OK + "Content-Length: -1\r\n\r\nabc"),
    A_SHORT_BODY(18, OK + "Content-Length: 9\r\n\r\nabc"),
    A_SHORT_CHUNK(18, OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
    NO_LAST_CHUNK(18, OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"),
    NO_SIZE_OF_A_CHUNK(56, OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab"),
    NO_GZIP(61, OK + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
    AN_UNKNOWN_CODING(61, OK + "Content-Encoding: foo\r\nContent-Length: 3\r\n\r\nabc");

    private final int code;
    private final String text;

    Answer(int code, String text) {
      this.code = code;
      this.text = text;
    }

    /** {@return the exit code} */
    int code() {
      return code;
    }

    /** {@return a server that answers so, and closes the connection} */
    ScriptedServer start() {
      return serve(
          connection -> {
            connection.readRequest();
            connection.send(text);
            connection.close();
          });
    }
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void eachFaultHasACode(Answer answer) {
    try (ScriptedServer server = answer.start()) {
      assertThat(code(server, "--compressed")).isEqualTo(answer.code());
    }
  }

  @Test
  void aResetIsAFailureToReceive() {
    ConnectionScript before =
        connection -> {
          connection.readRequest();
          connection.reset();
        };

    try (ScriptedServer server = serve(before)) {
      assertThat(code(server)).isEqualTo(56);
    }
  }

  /** What a server answers over HTTP/2, and the code with which curl and the command end. */
  public enum Http2Answer {
    A_RESET(92, false),
    A_RESET_BODY(92, true);

    private final int code;
    private final boolean begun;

    Http2Answer(int code, boolean begun) {
      this.code = code;
      this.begun = begun;
    }

    /** {@return the exit code} */
    int code() {
      return code;
    }

    /** {@return a server that answers so, and leaves the connection open} */
    ScriptedServer start() {
      return http2(
          stream -> {
            Frame reset = Frame.reset(stream, ErrorCodes.INTERNAL_ERROR);
            return begun ? new Frame[] {head(stream), reset} : new Frame[] {reset};
          });
    }

    private static Frame head(int stream) {
      return Frame.headers(stream, HeaderBlock.status(200));
    }
  }

  @ParameterizedTest
  @EnumSource(Http2Answer.class)
  void eachFaultOfHttp2HasACode(Http2Answer answer) {
    try (ScriptedServer server = answer.start()) {
      assertThat(code(server, "--http2-prior-knowledge")).isEqualTo(answer.code());
    }
  }

  /** Here curl 7.88 goes on to wait. */
  @Test
  void afterAFrameThatMustNotBeTheConnectionIsOver() {
    try (ScriptedServer server =
        http2(stream -> new Frame[] {Http2Answer.head(stream), Frame.data(0, "a")})) {
      assertThat(code(server, "--http2-prior-knowledge")).isEqualTo(16);
    }
  }

  private static ScriptedServer http2(IntFunction<Frame[]> answer) {
    return serve(
        connection -> {
          ScriptedHttp2Connection http2 =
              ScriptedHttp2Connection.over(connection).begin(Http2Settings.none());
          http2.send(answer.apply(http2.awaitRequest().stream()));
          connection.awaitPeerClose();
        });
  }

  private static ScriptedServer serve(ConnectionScript script) {
    return ScriptedServer.builder("faults").otherConnections(script).start();
  }

  private static int code(ScriptedServer server, String... options) {
    String url = String.format(Locale.ROOT, "http://127.0.0.1:%d/", server.port());
    String[] args = Arrays.copyOf(options, options.length + 1);
    args[options.length] = url;
    return CommandRun.of(args).exitCode().number();
  }
}
