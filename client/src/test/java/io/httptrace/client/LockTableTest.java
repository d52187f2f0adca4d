package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.httptrace.client.concurrent.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of locks in docs/concurrency.md has those that the code has, and no others. */
class LockTableTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String ROOT = "io.httptrace.client.";

  /** A comment, or a text, in which the word is not meant. */
  private static final Pattern NO_CODE =
      Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

  private static final Pattern MONITOR = Pattern.compile("\\bsynchronized\\b");

  @Test
  void hasAllLocksOfTheCodeAndNoOthers() throws IOException {
    Set<String> locks = new TreeSet<>(monitors());
    locks.addAll(lockFields());

    assertThat(locks).hasSizeGreaterThan(3);
    assertThat(table()).as("the table of locks in docs/concurrency.md").isEqualTo(locks);
  }

  /** The second rule of the table would be hard to see for locks of other kinds. */
  @Test
  void allLocksThatAreNoMonitorsAreStateLocks() {
    List<String> others =
        classes().stream()
            .filter(type -> !type.isEquivalentTo(StateLock.class))
            .flatMap(type -> type.getFields().stream())
            .filter(field -> isLock(field.getRawType()))
            .map(JavaField::getFullName)
            .toList();

    assertThat(others).as("fields with locks that are no StateLock").isEmpty();
  }

  /** The rows of the table: what stands in its first column. */
  private static Set<String> table() throws IOException {
    String page = Files.readString(Path.of("../docs/concurrency.md"));
    String section = page.substring(page.indexOf("\n## Locks\n"), page.indexOf("\n## Ends\n"));
    Matcher row =
        Pattern.compile("^\\| ((?:monitor of )?`[^`]+`) \\|", Pattern.MULTILINE).matcher(section);
    Set<String> locks = new TreeSet<>();
    while (row.find()) {
      locks.add(row.group(1).replace("`", ""));
    }
    return locks;
  }

  private static Set<String> monitors() throws IOException {
    Set<String> monitors = new TreeSet<>();
    for (Path source : sources()) {
      String code = NO_CODE.matcher(Files.readString(source)).replaceAll("");
      if (MONITOR.matcher(code).find()) {
        monitors.add("monitor of " + name(source));
      }
    }
    return monitors;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static String name(Path source) {
    String path = SOURCES.relativize(source).toString().replace('/', '.').replace('\\', '.');
    return path.substring(ROOT.length(), path.length() - ".java".length());
  }

  /** Where a lock is made: a class that is handed the lock of another one has none of its own. */
  private static Set<String> lockFields() {
    Set<String> locks = new TreeSet<>();
    List<JavaClass> makers = new ArrayList<>();
    for (JavaClass type : classes()) {
      if (type.getConstructorCallsFromSelf().stream()
          .anyMatch(call -> call.getTargetOwner().isEquivalentTo(StateLock.class))) {
        makers.add(type);
      }
    }
    for (JavaClass maker : makers) {
      maker.getFields().stream()
          .filter(field -> field.getRawType().isEquivalentTo(StateLock.class))
          .forEach(
              field -> locks.add(field.getFullName().substring(ROOT.length()).replace('$', '.')));
    }
    return locks;
  }

  private static boolean isLock(JavaClass type) {
    return type.getPackageName().equals("java.util.concurrent.locks")
        || type.isEquivalentTo(Semaphore.class);
  }

  private static JavaClasses classes() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importUrl(StateLock.class.getProtectionDomain().getCodeSource().getLocation());
  }
}
