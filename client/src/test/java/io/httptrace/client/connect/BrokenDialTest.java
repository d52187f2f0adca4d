package io.httptrace.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BrokenDialTest {
  @Test
  void saysWhyWithoutTheNameOfAClass() {
    IllegalStateException error = new IllegalStateException("too late");

    assertThat(BrokenDial.of(error))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("connecting failed unexpectedly: too late")
        .hasCause(error);
    assertThat(BrokenDial.of(new ChannelException(error)))
        .hasMessage("connecting failed unexpectedly: too late")
        .hasCause(error);
  }

  @Test
  void saysThatMuchIfNothingIsKnown() {
    StackOverflowError error = new StackOverflowError();

    assertThat(BrokenDial.of(error)).hasMessage("connecting failed unexpectedly").hasCause(error);
  }
}
