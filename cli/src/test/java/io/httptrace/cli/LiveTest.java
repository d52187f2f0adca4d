package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.live.LiveLine;
import io.httptrace.cli.options.CommandOptions.Color;
import io.httptrace.cli.options.CommandOptions.Exports;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.options.CommandOptions.Style;
import io.httptrace.cli.options.CurlOutput;
import io.httptrace.cli.options.CurlOutput.FailOn;
import io.httptrace.cli.options.CurlOutput.Messages;
import io.httptrace.cli.options.OutputFormat;
import io.httptrace.cli.options.PictureOptions;
import io.httptrace.cli.request.BodyOutput;
import io.httptrace.cli.request.Watcher;
import io.httptrace.cli.text.Printer;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who sees a line that says how far a request is. */
final class LiveTest {

  private static Watcher watcher(String term, boolean stdout, boolean stderr, Output output) {
    Printer nowhere = new Printer(OutputStream.nullOutputStream());
    Shell shell =
        new Shell(
            InputStream.nullInputStream(), nowhere, nowhere, stdout, stderr, Map.of("TERM", term));
    return Live.watcher(shell, output, BodyOutput.to(null, nowhere, false));
  }

  private static Output output(@Nullable String body, boolean events, Messages messages) {
    CurlOutput curl = new CurlOutput(false, false, messages, FailOn.NO_STATUS, null, null);
    Style style = new Style(Color.AUTO, false, PictureOptions.DEFAULT);
    return new Output(body, events, OutputFormat.TEXT, new Exports(null, null), style, curl);
  }

  @ParameterizedTest
  @CsvSource({
    "xterm, true, true, true",
    "xterm, false, true, true",
    "xterm, true, false, false",
    "dumb, true, true, false"
  })
  void isForATerminalBehindStandardError(
      String term, boolean stdout, boolean stderr, boolean shown) {
    Watcher watcher = watcher(term, stdout, stderr, output(null, false, Messages.ALL));

    assertThat(watcher instanceof LiveLine).isEqualTo(shown);
  }

  @ParameterizedTest
  @EnumSource(
      value = Messages.class,
      names = {"ERRORS", "NONE"})
  void whoWantsSilenceHasIt(Messages messages) {
    assertThat(watcher("xterm", true, true, output(null, false, messages))).isSameAs(Watcher.NONE);
  }

  @Test
  void isNotInTheWayOfEventsAndOfABodyThatIsSeen() {
    assertThat(watcher("xterm", true, true, output(null, true, Messages.ALL)))
        .isSameAs(Watcher.NONE);
    assertThat(watcher("xterm", true, true, output("-", false, Messages.ALL)))
        .isSameAs(Watcher.NONE);
    assertThat(watcher("xterm", true, true, output("/dev/stdout", false, Messages.ALL)))
        .isSameAs(Watcher.NONE);
    assertThat(watcher("xterm", false, true, output("-", false, Messages.ALL)))
        .isInstanceOf(LiveLine.class);
    assertThat(watcher("xterm", true, true, output("file", false, Messages.ALL)))
        .isInstanceOf(LiveLine.class);
    assertThat(watcher("xterm", true, true, output("/dev/null", false, Messages.ALL)))
        .isInstanceOf(LiveLine.class);
  }
}
