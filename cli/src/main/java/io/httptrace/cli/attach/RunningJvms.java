package io.httptrace.cli.attach;

import com.sun.tools.attach.VirtualMachine;
import io.httptrace.cli.failure.CommandException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Finds the JVM that the user means, among those of the same user. */
public final class RunningJvms {
  private static final String NUMBER = "[0-9]{1,18}";

  private final List<Jvm> jvms;
  private final LongFunction<Optional<ProcessFacts>> processes;
  private final long own;
  private final Optional<String> user;

  /**
   * Makes it.
   *
   * @param jvms the JVMs that are known
   * @param processes what is known of a process
   * @param own the process of this command
   * @param user the user of this command, if that is known
   */
  RunningJvms(
      List<Jvm> jvms,
      LongFunction<Optional<ProcessFacts>> processes,
      long own,
      Optional<String> user) {
    this.jvms = List.copyOf(jvms);
    this.processes = processes;
    this.own = own;
    this.user = user;
  }

  /** {@return those of this machine} */
  public static RunningJvms ofThisMachine() {
    ProcessHandle self = ProcessHandle.current();
    return new RunningJvms(
        VirtualMachine.list().stream()
            .filter(machine -> machine.id().matches(NUMBER))
            .map(machine -> new Jvm(Long.parseLong(machine.id()), machine.displayName()))
            .toList(),
        ProcessFacts::of,
        self.pid(),
        self.info().user());
  }

  /**
   * {@return the JVM that is meant}
   *
   * @param target the number of its process, or its main class or jar
   * @throws CommandException if there is none, or more than one, or it cannot be attached to
   */
  public Jvm find(String target) throws CommandException {
    return check(target.matches(NUMBER) ? byNumber(Long.parseLong(target)) : byName(target));
  }

  private Jvm byNumber(long pid) {
    return jvms.stream()
        .filter(jvm -> jvm.pid() == pid)
        .findFirst()
        .orElseGet(() -> new Jvm(pid, ""));
  }

  private Jvm byName(String name) throws CommandException {
    // One that was killed is still listed until another JVM starts.
    List<Jvm> others =
        jvms.stream()
            .filter(jvm -> jvm.pid() != own && processes.apply(jvm.pid()).isPresent())
            .toList();
    List<Jvm> found = others.stream().filter(jvm -> jvm.isOf(name)).toList();
    if (found.size() > 1) {
      throw CommandException.usage(
          "several JVMs run " + name + ", name one by its process: " + list(found));
    }
    if (found.isEmpty()) {
      throw CommandException.usage(
          "no JVM runs "
              + name
              + (others.isEmpty() ? ", nor anything else" : "; there are " + list(others)));
    }
    return found.get(0);
  }

  private static String list(List<Jvm> jvms) {
    return jvms.stream().map(Jvm::toString).collect(Collectors.joining(", "));
  }

  private Jvm check(Jvm jvm) throws CommandException {
    if (jvm.pid() == own) {
      throw CommandException.usage("process " + own + " is this command itself");
    }
    ProcessFacts facts =
        processes
            .apply(jvm.pid())
            .orElseThrow(() -> CommandException.usage("there is no process " + jvm.pid()));
    if (facts.user().isPresent() && user.isPresent() && !facts.user().equals(user)) {
      throw CommandException.usage(
          "process "
              + jvm.pid()
              + " is of the user "
              + facts.user().get()
              + ": only JVMs of the same user can be attached to");
    }
    boolean known = jvms.stream().anyMatch(each -> each.pid() == jvm.pid());
    if (!known && !facts.isJvm()) {
      throw CommandException.usage("process " + jvm.pid() + " is not a JVM");
    }
    if (!facts.expectsSignal()) {
      throw CommandException.usage(
          "process " + jvm.pid() + " does not let itself be attached to: it runs with -Xrs");
    }
    return jvm;
  }
}
