package io.httptrace.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertifiedNamesTest {

  @ParameterizedTest
  @CsvSource({
    "a_b.test, a_b.test, true",
    "a_b.c.test, *.c.test, true",
    "_.c.test, *.c.test, true",
    "a_b.test, a-b.test, false",
    "a_b.test, b_a.test, false",
    "x.a_b.c.test, *.c.test, false",
    "c.test, *.c.test, false",
    ".c.test, *.c.test, false",
    "a_b.test, *.test, false",
    "a_b.c.test, a_*.c.test, false",
    "a_b.c.test, *_b.c.test, false",
    "a_b.c.test, a_b.*.test, false",
    "a_b, *., false",
  })
  void aStarIsTheWholeFirstLabelAndNothingElse(String name, String certified, boolean matches) {
    assertThat(CertifiedNames.matches(name, certified)).isEqualTo(matches);
  }
}
