package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.http.RequestHead.Field;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server says of itself, and asks for. */
class PeerSettingsTest {
  private final Wire wire = Wire.greeted();

  @AfterEach
  void close() {
    wire.close();
  }

  private void receive(int setting, long value) {
    wire.receive(Frame.settings(Http2Settings.none().with(setting, value)));
    assertThat(wire.sent()).containsExactly("SETTINGS ack");
  }

  @Test
  void aLargerTableForFieldsIsAnOfferThatIsNotTaken() {
    try (Wire plain = Wire.greeted()) {
      receive(Http2Settings.HEADER_TABLE_SIZE, 1 << 30);
      plain.get();
      wire.get();

      assertThat(wire.sentFrames().get(0).payload()).isEqualTo(plain.sentFrames().get(0).payload());
    }
  }

  @Test
  void aHeadThatIsLargerThanTheServerAdvisesIsSent() {
    receive(6, 10);
    wire.get();

    assertThat(wire.sent()).containsExactly("HEADERS 1");
  }

  @Test
  void credentialsGoIntoNoTable() {
    wire.get(new Field("authorization", List.of("Basic x")));

    // RFC 7541, section 6.2.3, with the 23rd name of the table of RFC 7541, appendix A.
    assertThat(wire.sentFrames().get(0).payload()).containsSequence(0x1f, 23 - 15);
  }

  @Test
  void aSettingNobodyKnowsIsIgnored() {
    receive(0xabcd, 1);
    wire.get();
    wire.answer(1);

    assertThat(wire.channel.isOpen()).isTrue();
  }

  @Test
  void prioritiesOfAServerAreIgnored() {
    Wire.Talk talk = wire.get();
    wire.receive(
        Frame.of(Frame.PRIORITY, 0, 1, (byte) 0x80, (byte) 0, (byte) 0, (byte) 99, (byte) 0),
        Frame.of(Frame.HEADERS, Frame.WITH_PRIORITY | Frame.END_HEADERS, 1, withPriority()),
        Frame.data(1, "hello").endStream());

    assertThat(talk.told).containsExactly("200", "hello", "end");
  }

  private static byte[] withPriority() {
    byte[] block = HeaderBlock.status(200).bytes();
    byte[] payload = new byte[5 + block.length];
    System.arraycopy(block, 0, payload, 5, block.length);
    return payload;
  }
}
