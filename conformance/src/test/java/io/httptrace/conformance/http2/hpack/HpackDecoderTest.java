package io.httptrace.conformance.http2.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the examples of RFC 7541, appendix C. */
final class HpackDecoderTest {
  private final HpackDecoder decoder = new HpackDecoder();

  @Test
  void literalsWithIndexingFillTheTable() {
    assertThat(decode("8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"))
        .containsExactly(
            ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
    assertThat(decode("8286 84be 5808 6e6f 2d63 6163 6865"))
        .containsExactly(
            ":method: GET",
            ":scheme: http",
            ":path: /",
            ":authority: www.example.com",
            "cache-control: no-cache");
    assertThat(decode("8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"))
        .containsExactly(
            ":method: GET",
            ":scheme: https",
            ":path: /index.html",
            ":authority: www.example.com",
            "custom-key: custom-value");
  }

  @Test
  void huffmanCodesAreUndone() {
    assertThat(decode("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
        .contains(":authority: www.example.com");
    assertThat(decode("8286 84be 5886 a8eb 1064 9cbf")).contains("cache-control: no-cache");
    assertThat(decode("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
        .contains("custom-key: custom-value");
  }

  @Test
  void fieldThatMayNotBeIndexedIsKnownAsSuch() {
    List<ReceivedField> fields = decoder.decode(hex("1008 7061 7373 776f 7264 0673 6563 7265 74"));
    assertThat(fields).containsExactly(new ReceivedField("password", "secret", true));
    assertThatThrownBy(() -> decode("be")).isInstanceOf(AssertionError.class);
  }

  @Test
  void oldestFieldsMakeRoom() {
    // Each field counts 34: the third one leaves no room for the first.
    decode("3f25");
    decode("4001 6101 31");
    decode("4001 6201 32");
    assertThat(decode("bf")).containsExactly("a: 1");
    decode("4001 6301 33");
    assertThat(decode("bebf")).containsExactly("c: 3", "b: 2");
    assertThatThrownBy(() -> decode("c0"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("index 64");
  }

  @Test
  void tableThatIsMadeSmallerLosesFields() {
    decode("4001 6101 31");
    decode("20");
    assertThatThrownBy(() -> decode("be")).isInstanceOf(AssertionError.class);
  }

  @Test
  void tableMayNotBeLargerThanAllowed() {
    assertThatThrownBy(() -> decode("3fe2 1f")).hasMessageContaining("4097");
    decoder.limit(5000);
    assertThat(decode("3fe2 1f82")).containsExactly(":method: GET");
  }

  @Test
  void sizeIsChangedOnlyAtTheBeginning() {
    assertThatThrownBy(() -> decode("8220")).hasMessageContaining("in the middle");
  }

  @Test
  void blockMustBeComplete() {
    assertThatThrownBy(() -> decode("4001 61")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> decode("400a 61")).hasMessageContaining("cut off");
    assertThatThrownBy(() -> decode("80")).hasMessageContaining("index 0");
    assertThatThrownBy(() -> decode("ffff ffff ffff 0f")).hasMessageContaining("too long");
  }

  @Test
  void huffmanCodesAreFilledUpWithLessThanAByteOfOnes() {
    // "a" is 00011, and then three ones; here are eleven, and then three zeros.
    assertThatThrownBy(() -> HuffmanCode.decode(hex("1fff"))).hasMessageContaining("filled up");
    assertThatThrownBy(() -> HuffmanCode.decode(hex("18"))).hasMessageContaining("filled up");
    assertThatThrownBy(() -> HuffmanCode.decode(hex("ffff ffff")))
        .hasMessageContaining("end of a Huffman code");
  }

  @Test
  void blocksOfTheKitAreReadAsTheyWereMeant() {
    HeaderBlock block =
        HeaderBlock.status(200)
            .indexedField("x-long", "v".repeat(300))
            .index(62)
            .tableSize(0)
            .field("last", "");
    assertThat(decoder.decode(HeaderBlock.empty().tableSize(4096).bytes())).isEmpty();
    assertThatThrownBy(() -> decoder.decode(block.bytes())).hasMessageContaining("in the middle");
    assertThat(
            decoder.decode(
                HeaderBlock.status(200)
                    .indexedField("x-long", "v".repeat(300))
                    .index(62)
                    .field("last", "")
                    .bytes()))
        .containsExactly(
            ReceivedField.of(":status", "200"),
            ReceivedField.of("x-long", "v".repeat(300)),
            ReceivedField.of("x-long", "v".repeat(300)),
            ReceivedField.of("last", ""));
  }

  private List<String> decode(String block) {
    return decoder.decode(hex(block)).stream().map(ReceivedField::toString).toList();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
