package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.cli.failure.CommandException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkArgumentsTest {

  @ParameterizedTest
  @CsvSource({
    "--tlsv1, ANY",
    "-1, ANY",
    "--tlsv1.0, ANY",
    "--tlsv1.1, ANY",
    "--tlsv1.2, ANY",
    "--tlsv1.3, ONLY_1_3",
    "--tlsv1.3 --tlsv1.2, ANY",
    "--tls-max 1.3, ANY",
    "--tls-max default, ANY",
    "--tls-max 1.2, ONLY_1_2",
    "--tlsv1.2 --tls-max 1.2, ONLY_1_2",
    "--tlsv1.3 --tls-max 1.3, ONLY_1_3",
  })
  void versionsOfTlsHaveTwoEnds(String options, TlsVersions versions) throws Exception {
    assertThat(parse(options).tls().versions()).isEqualTo(versions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tls-max 2   | --tls-max: '2' is not 1.0, 1.1, 1.2, 1.3 or default",
        "--tls-max 1.1 | --tls-max: TLS 1.1 is not supported, only 1.2 and 1.3",
        "--tlsv1.3 --tls-max 1.2 | --tls-max 1.2 and --tlsv1.3 exclude each other",
        "--unix-socket /s | --unix-socket: a Unix domain socket is not supported, only TCP is",
      })
  void whatCannotBeMeantIsRefusedByName(String options, String message) {
    assertThatThrownBy(() -> parse(options)).hasMessage(message);
  }

  @Test
  void theDeviceIsKept() throws Exception {
    assertThat(parse("--interface lo").addresses().device()).isEqualTo("lo");
    assertThat(parse("-4").addresses().device()).isNull();
  }

  @Test
  void zeroIsNoLimit() throws Exception {
    assertThat(parse("-m 0 --connect-timeout 0.0")).isEqualTo(parse("-m 0"));
    assertThat(parse("-m 0").maxTime()).isNull();
    assertThat(parse("--connect-timeout 0.0").connectTimeout()).isNull();
  }

  private static ConnectionOptions parse(String options) throws CommandException {
    String[] args = ("a.test " + options).split(" ", -1);
    return CommandSyntax.parse("1", InputStream.nullInputStream(), args).all().get(0).connection();
  }
}
