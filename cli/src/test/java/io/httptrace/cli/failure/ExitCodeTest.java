package io.httptrace.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.timeline.PhaseKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ExitCodeTest {

  @Test
  void eachPhaseHasACode() {
    assertThat(
            Arrays.stream(PhaseKind.values())
                .collect(Collectors.toMap(kind -> kind, ExitCode::ofPhase)))
        .containsEntry(PhaseKind.QUEUE, ExitCode.CONNECT)
        .containsEntry(PhaseKind.DNS, ExitCode.DNS)
        .containsEntry(PhaseKind.CONNECT, ExitCode.CONNECT)
        .containsEntry(PhaseKind.PROXY_TLS, ExitCode.TLS)
        .containsEntry(PhaseKind.PROXY_CONNECT, ExitCode.PROXY)
        .containsEntry(PhaseKind.TLS, ExitCode.TLS)
        .containsEntry(PhaseKind.REQUEST, ExitCode.REQUEST)
        .containsEntry(PhaseKind.WAIT, ExitCode.WAIT)
        .containsEntry(PhaseKind.RESPONSE, ExitCode.RESPONSE)
        .hasSize(PhaseKind.values().length);
  }

  @Test
  void numbersAreDistinctAndFitAnExitStatus() {
    assertThat(ExitCode.values())
        .filteredOn(code -> code != ExitCode.INTERRUPTED) // 128 and the number of the signal
        .extracting(ExitCode::number)
        .doesNotHaveDuplicates()
        .allSatisfy(number -> assertThat(number).isBetween(0, 125));
  }

  @Test
  void thePageOfTheCommandDocumentsEachOne() throws Exception {
    String page = Files.readString(Path.of("../docs/cli.md"));

    for (ExitCode code : ExitCode.values()) {
      assertThat(page).contains("| " + code.number() + " | " + code.meaning() + " |");
    }
  }
}
