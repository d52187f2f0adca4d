package io.httptrace.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenListTest {

  @Test
  void elementsHaveCommasBetweenThemAndBlanksAround() {
    assertThat(TokenList.of(List.of(" a,b ,\tc d\t, e"))).containsExactly("a", "b", "c d", "e");
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(TokenList.of(List.of("a, b", "c"))).containsExactly("a", "b", "c");
  }

  @Test
  void emptyElementsDoNotCount() {
    assertThat(TokenList.of(List.of(",, a,", "", " , "))).containsExactly("a");
    assertThat(TokenList.of(List.of())).isEmpty();
  }

  @Test
  void commasInQuotesSeparateNothing() {
    assertThat(TokenList.of(List.of("a;b=\"x, \\\", y\", c", "\"open, d")))
        .containsExactly("a;b=\"x, \\\", y\"", "c", "\"open, d");
  }

  @Test
  void tokensAreComparedInAnyCase() {
    assertThat(TokenList.contains(List.of("keep-alive, UPGRADE"), "Upgrade")).isTrue();
    assertThat(TokenList.contains(List.of("keep-alive", "upgrade"), "Upgrade")).isTrue();
    assertThat(TokenList.contains(List.of("upgraded", "x-upgrade"), "Upgrade")).isFalse();
    assertThat(TokenList.contains(List.of(), "Upgrade")).isFalse();
  }

  @Test
  void oneThatIsAloneMayBeRepeated() {
    assertThat(TokenList.isOnly(List.of("websocket", ", WebSocket"), "websocket")).isTrue();
    assertThat(TokenList.isOnly(List.of("websocket, h2c"), "websocket")).isFalse();
    assertThat(TokenList.isOnly(List.of(", "), "websocket")).isFalse();
  }
}
