package io.httptrace.cli.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.cli.failure.CommandException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunningJvmsTest {
  private static final long OWN = 4;
  private static final List<Jvm> JVMS =
      List.of(
          new Jvm(1, "com.example.Shop --port 80"),
          new Jvm(2, "/opt/my shop/shop.jar -v"),
          new Jvm(3, "com.example/com.example.Stock"),
          new Jvm(OWN, "com.example.Shop"));

  private static Jvm find(String target, ProcessFacts facts) throws CommandException {
    return new RunningJvms(JVMS, pid -> Optional.ofNullable(facts), OWN, Optional.of("me"))
        .find(target);
  }

  private static ProcessFacts of(String user) {
    return new ProcessFacts(Optional.of(user), true, true);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "com.example.Shop, 1",
    "Shop, 1",
    "/opt/my shop/shop.jar, 2",
    "com.example/com.example.Stock, 3",
    "com.example.Stock, 3",
    "Stock, 3",
    "9, 9"
  })
  void findsAJvm(String target, long pid) throws Exception {
    assertThat(find(target, of("me")).pid()).isEqualTo(pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hop", "com.example", "shop", "Shop --port", ""})
  void aPartOfANameIsNone(String target) {
    assertThatThrownBy(() -> find(target, of("me")))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("no JVM runs " + target + "; there are 1 (com.example.Shop), ");
  }

  @Test
  void theCommandItselfIsNoneOfTheJvmsOfAName() throws Exception {
    assertThat(find("Shop", of("me")).pid()).isEqualTo(1);
  }

  @Test
  void aJvmThatWasKilledIsNone() {
    assertThatThrownBy(() -> find("Shop", null)).hasMessage("no JVM runs Shop, nor anything else");
    assertThatThrownBy(() -> find("1", null)).hasMessage("there is no process 1");
  }

  @Test
  void aJvmOfAnotherUser() {
    assertThatThrownBy(() -> find("1", of("root")))
        .hasMessage("process 1 is of the user root: only JVMs of the same user can be attached to");
  }

  @Test
  void aProcessThatIsNotKnownHasToLookLikeAJvm() {
    ProcessFacts other = new ProcessFacts(Optional.of("me"), false, true);

    assertThatThrownBy(() -> find("9", other)).hasMessage("process 9 is not a JVM");
    assertThatCode(() -> find("1", other)).doesNotThrowAnyException();
  }

  @Test
  void whoDoesNotExpectTheSignalIsNotSentIt() {
    assertThatThrownBy(() -> find("1", new ProcessFacts(Optional.empty(), true, false)))
        .hasMessage("process 1 does not let itself be attached to: it runs with -Xrs");
  }

  @Test
  void theMaskOfSignalsIsRead() {
    assertThat(ProcessFacts.catchesQuit("SigCgt:\t2000000181005ccf")).isTrue();
    assertThat(ProcessFacts.catchesQuit("SigCgt:\tfffffffffffffffb")).isFalse();
    assertThat(ProcessFacts.catchesQuit("SigIgn:\tffffffffffffffff")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8", "9", "16"})
  void javaBefore17IsTooOld(String version) {
    assertThatThrownBy(() -> AttachedJvm.checkVersion(new Jvm(1, ""), version))
        .hasMessage("process 1 runs on Java " + version + ": 17 or newer is needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "25"})
  void javaFrom17OnIsNot(String version) {
    assertThatCode(() -> AttachedJvm.checkVersion(new Jvm(1, ""), version))
        .doesNotThrowAnyException();
  }
}
