package io.httptrace.conformance.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.httptrace.HookSupport.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself, and what a run of all scenarios has shown. As a file it is JSON.
 *
 * @param client the client's name
 * @param protocols one for each version of HTTP of the scenarios
 * @param maskedArguments the arguments of hooks that were not compared
 * @param deviations where the client differs from recordings
 * @param sharedThreads why which threads outlive the client
 */
public record SupportReport(
    String client,
    List<OfProtocol> protocols,
    List<Difference> maskedArguments,
    List<Difference> deviations,
    List<String> sharedThreads) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the lists. */
  public SupportReport {
    protocols = List.copyOf(protocols);
    maskedArguments = List.copyOf(maskedArguments);
    deviations = List.copyOf(deviations);
    sharedThreads = List.copyOf(sharedThreads);
  }

  /**
   * The scenarios of one version of HTTP.
   *
   * @param protocol {@code HTTP/1.1} or {@code HTTP/2}
   * @param hooks what is known of each hook, by its name
   * @param scenarios how many scenarios there are
   * @param passed how many were run and passed
   * @param failed the scenarios that were run and failed
   * @param notApplicable why the other scenarios were not run, by name
   */
  public record OfProtocol(
      String protocol,
      Map<String, OfHook> hooks,
      int scenarios,
      int passed,
      List<String> failed,
      Map<String, String> notApplicable) {}

  /**
   * How well a hook is reported.
   *
   * @param level how well
   * @param reason why not exactly, or null
   * @param seen whether it was called in a scenario that passed
   */
  public record OfHook(Level level, @Nullable String reason, boolean seen) {}

  /**
   * Something that does not hold in some scenarios.
   *
   * @param what what, such as {@code dnsDone.addrs}
   * @param recordings the scenarios, with {@code *} for any characters
   * @param reason why
   */
  public record Difference(String what, String recordings, String reason) {}

  /**
   * {@return a report that has been written to a file}
   *
   * @param file the file
   * @throws IOException if it cannot be read
   */
  public static SupportReport read(Path file) throws IOException {
    return JSON.readValue(Files.readString(file), SupportReport.class);
  }

  /**
   * Writes it to a file. The same report gives the same bytes.
   *
   * @param file the file; its directory is made if needed
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    Files.writeString(file, JSON.writer(printer).writeValueAsString(this) + "\n");
  }
}
