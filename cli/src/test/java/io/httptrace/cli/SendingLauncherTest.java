package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.Launched.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, pipes and standard input, as a shell hands them to the real launcher. */
final class SendingLauncherTest {
  private final RecordingServer server = RecordingServer.http1();

  @TempDir Path directory;
  private Launched launched;

  @BeforeEach
  void makeTree() throws Exception {
    launched = Launched.in(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFormIsMadeOfFilesPipesAndStandardInput() throws Exception {
    run(
        "printf 'a\\r\\n' > $'\\xc3\\xa9.txt'; printf b > b\n"
            + "printf input | httptrace -F a=@$'\\xc3\\xa9.txt' -F 'b=<b' -F 'c=@-;filename=c' "
            + "-F \"d=@\"<(printf piped)\";filename=d\" --form-string 'e=@x' -e r ");

    assertThat(server.only().comparable())
        .isEqualTo(
            """
            POST / HTTP/1.1
            accept: */*
            content-type: multipart/form-data; boundary=BOUNDARY
            host: 127.0.0.1:PORT
            referer: r
            transfer-encoding: chunked
            user-agent: DEFAULT

            --BOUNDARY\\r\\n
            Content-Disposition: form-data; name="a"; filename="\\xc3\\xa9.txt"\\r\\n
            Content-Type: text/plain\\r\\n
            \\r\\n
            a\\r\\n
            \\r\\n
            --BOUNDARY\\r\\n
            Content-Disposition: form-data; name="b"\\r\\n
            \\r\\n
            b\\r\\n
            --BOUNDARY\\r\\n
            Content-Disposition: form-data; name="c"; filename="c"\\r\\n
            \\r\\n
            input\\r\\n
            --BOUNDARY\\r\\n
            Content-Disposition: form-data; name="d"; filename="d"\\r\\n
            Content-Type: application/octet-stream\\r\\n
            \\r\\n
            piped\\r\\n
            --BOUNDARY\\r\\n
            Content-Disposition: form-data; name="e"\\r\\n
            \\r\\n
            @x\\r\\n
            --BOUNDARY--\\r\\n\
            """);
  }

  @Test
  void anUploadIsStandardInput() throws Exception {
    run("head -c 100000 /dev/zero | httptrace -T - --url ");

    ArrivedRequest request = server.only();
    assertThat(request.line()).isEqualTo("PUT / HTTP/1.1");
    assertThat(request.values("Transfer-Encoding")).containsExactly("chunked");
    assertThat(request.body()).isEqualTo("\0".repeat(100_000));
  }

  @Test
  void dataOfEveryKindIsJoined() throws Exception {
    run(
        "printf '1\\n' > f\n"
            + "httptrace --json @f -d @f --data-raw @f --data-binary @f --data-urlencode n@f ");

    assertThat(server.only().comparable())
        .isEqualTo(
            """
            POST / HTTP/1.1
            accept: application/json
            content-length: 17
            content-type: application/json
            host: 127.0.0.1:PORT
            user-agent: DEFAULT

            1\\n
            &1&@f&1\\n
            &n=1%0A\
            """);
  }

  @Test
  void dataForTheQueryIsEncoded() throws Exception {
    run("httptrace -g -G --data-urlencode $'q=\\xc3\\xa9 &' ");

    assertThat(server.only().line()).isEqualTo("GET /?q=%C3%A9+%26 HTTP/1.1");
  }

  private void run(String line) throws Exception {
    Ended ended = launched.run(line + server.url());

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
  }
}
