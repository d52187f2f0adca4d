package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectToEntryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.test:80:b.test:81           | b.test:81",
        "A.test:80:b.test:81           | b.test:81",
        "::b.test:81                   | b.test:81",
        "::b.test:                     | b.test:80",
        "::b.test                      | b.test:80",
        ":::81                         | a.test:81",
        "a.test:81:b.test:82           | a.test:80",
        "b.test:80:c.test:82           | a.test:80",
        ":80:[::1]:81                  | ::1:81",
        "b.test::c.test: a.test::d.test: ::e.test: | d.test:80",
      })
  void theFirstForTheTargetCounts(String arguments, String destination) throws Exception {
    List<ConnectToEntry> entries = new ArrayList<>();
    for (String argument : arguments.split(" ", -1)) {
      entries.add(ConnectToEntry.parse(argument));
    }
    InetSocketAddress found =
        ConnectToEntry.destination(entries, InetSocketAddress.createUnresolved("a.test", 80));

    assertThat(found.getHostString() + ":" + found.getPort()).isEqualTo(destination);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.test          | --connect-to: 'a.test' is not 'HOST1:PORT1:HOST2:PORT2'",
        "a.test:80       | --connect-to: 'a.test:80' is not 'HOST1:PORT1:HOST2:PORT2'",
        "a:b:c:d         | --connect-to: 'a:b:c:d' is not 'HOST1:PORT1:HOST2:PORT2'",
        "a:80:b:99999    | --connect-to: 99999 is not a port",
      })
  void aBadEntryIsNamed(String argument, String message) {
    assertThatThrownBy(() -> ConnectToEntry.parse(argument)).hasMessage(message);
  }
}
