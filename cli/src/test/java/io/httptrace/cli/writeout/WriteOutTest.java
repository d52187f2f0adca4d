package io.httptrace.cli.writeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CommandSyntax;
import io.httptrace.cli.text.Printer;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WriteOutTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%{http_code}        | 200",
        "%{HTTP_Code}        | 200",
        "%{response_code}    | 200",
        "%{http_connect}     | 000",
        "%{http_version}     | 1.1",
        "%{content_type}     | text/plain",
        "%{errormsg}         | ''",
        "%{exitcode}         | 0",
        "%{filename_effective} | out",
        "%{num_headers}      | 3",
        "%{num_redirects}    | 0",
        "%{redirect_url}     | ''",
        "%{method}           | GET",
        "%{referer}          | ''",
        "%{scheme}           | HTTPS",
        "%{url}              | https://***@example.test/a?key=***",
        "%{url_effective}    | https://***@example.test/a?key=***",
        "%{urlnum}           | 3",
        "%{local_ip} %{local_port}   | 192.0.2.1 50000",
        "%{remote_ip} %{remote_port} | 192.0.2.7 443",
        "%{num_connects}     | 1",
        "%{num_certs}        | 0",
        "%{ssl_verify_result} %{proxy_ssl_verify_result} | 0 0",
        "%{size_download}    | 16340",
        "%{size_upload}      | 0",
        "%{size_header}      | 89",
        "%{size_request}     | 68",
        "%{speed_download}   | 81577",
        "%{speed_upload}     | 0",
        "%{time_namelookup}  | 0.020000",
        "%{time_connect}     | 0.050000",
        "%{time_appconnect}  | 0.090000",
        "%{time_pretransfer} | 0.090000",
        "%{time_starttransfer} | 0.150300",
        "%{time_redirect}    | 0.000000",
        "%{time_total}       | 0.200300",
        "%{phase_dns}        | 0.019800",
        "%{phase_connect}    | 0.029900",
        "%{phase_tls}        | 0.039900",
        "%{phase_request}    | 0.000300",
        "%{phase_wait}       | 0.060000",
        "%{phase_response}   | 0.050000",
        "%{phase_queue} %{phase_proxy} %{phase_proxy-tls} | 0.000000 0.000000 0.000000",
        "%header{content-TYPE} | text/plain",
        "%header{set-cookie} | ***",
        "%header{nope}       | ''",
      })
  void eachVariableHasAValue(String format, String text) throws Exception {
    assertThat(print(format, SampleTimelines.of(SampleTimelines::cold), null)).isEqualTo(text);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void timesOfRetriesAreAddedUp() throws Exception {
    String format =
        "%{time_namelookup} %{time_connect} %{time_appconnect} %{time_pretransfer}"
            + " %{time_starttransfer} %{time_redirect} %{time_total} %{num_connects}";

    assertThat(print(format, SampleTimelines.of(SampleTimelines::retried), null))
        .isEqualTo("0.000200 0.005000 0.000000 0.005000 0.007900 0.000000 0.009200 1");
  }

  @Test
  void whatWasNotReachedIsZero() throws Exception {
    String format =
        "%{http_code} %{http_version} %{exitcode} [%{errormsg}] [%{remote_ip}] %{remote_port}"
            + " [%{scheme}] %{num_connects} %{time_namelookup} %{time_connect}"
            + " %{time_starttransfer} %{time_total} %{size_header} %{size_request}";
    Failure failure = new Failure(ExitCode.CONNECT, PhaseKind.CONNECT, "refused");

    assertThat(print(format, SampleTimelines.of(SampleTimelines::refused), failure))
        .isEqualTo("000 0 7 [refused] [] 0 [] 0 0.000100 0.000000 0.000000 0.000500 0 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\tb\\nc\\rd       | 'a\tb\nc\rd'",
        "100%% %x \\a \\\\   | '100% %x \\a \\\\'",
        "%                   | %",
        "\\                  | \\",
        "%{open              | %{open",
        "%header{open        | %header{open",
        "%{http_code         | %{http_code",
        "%{}%                | %",
      })
  void anythingElseIsText(String format, String text) throws Exception {
    assertThat(print(format, SampleTimelines.of(SampleTimelines::cold), null)).isEqualTo(text);
  }

  @Test
  void anUnknownVariableIsNamed() throws Exception {
    assertThat(print("a%{nope}b", SampleTimelines.of(SampleTimelines::cold), null)).isEqualTo("ab");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("httptrace: unknown --write-out variable: 'nope'\n");
  }

  @Test
  void theTextCanSwitchToStandardErrorAndBack() throws Exception {
    assertThat(print("a%{stderr}b%{stdout}c", SampleTimelines.of(SampleTimelines::cold), null))
        .isEqualTo("ac");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("b");
  }

  @Test
  void theRestCanBeForFailuresOnly() throws Exception {
    Failure failure = new Failure(ExitCode.CONNECT, PhaseKind.CONNECT, "refused");

    assertThat(print("a%{onerror}b", SampleTimelines.of(SampleTimelines::cold), null))
        .isEqualTo("a");
    assertThat(print("a%{onerror}b", SampleTimelines.of(SampleTimelines::refused), failure))
        .isEqualTo("aab");
  }

  @Test
  void fieldsCanBeJson() throws Exception {
    assertThat(print("%{header_json}", SampleTimelines.of(SampleTimelines::cold), null))
        .isEqualTo("{\"content-type\":[\"text/plain\"],\n\"set-cookie\":[\"***\",\"***\"]\n}");
  }

  @Test
  void allCanBeJson() throws Exception {
    assertThat(print("%{json}", SampleTimelines.of(SampleTimelines::cold), null))
        .startsWith("{\"content_type\":\"text/plain\",\"errormsg\":null,\"exitcode\":0,")
        .contains(",\"http_code\":200,\"http_connect\":0,\"http_version\":\"1.1\",")
        .contains(",\"time_total\":0.200300,")
        .endsWith(",\"urlnum\":3}");
  }

  private String print(String format, Timeline timeline, @Nullable Failure failure)
      throws Exception {
    CommandOptions options =
        Objects.requireNonNull(
            CommandSyntax.parse("1", InputStream.nullInputStream(), "-o", "out", "a.test")
                .options());
    TransferFacts facts =
        new TransferFacts(timeline, failure, options, 3, options.output().redaction());
    WriteOut.print(format, facts, new Printer(out), new Printer(err));
    return out.toString(StandardCharsets.UTF_8);
  }
}
