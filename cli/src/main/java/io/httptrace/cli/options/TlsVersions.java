package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which versions of TLS may be used. Those before 1.2 are not supported. */
public enum TlsVersions {
  /** The client's default, 1.2 and 1.3. */
  ANY(null),
  /** 1.2 alone. */
  ONLY_1_2("TLSv1.2"),
  /** 1.3 alone. */
  ONLY_1_3("TLSv1.3");

  private static final List<String> KNOWN = List.of("1.0", "1.1", "1.2", "1.3");

  private final @Nullable String only;

  TlsVersions(@Nullable String only) {
    this.only = only;
  }

  /**
   * {@return the versions from one to another}
   *
   * @param least the lowest one, or null
   * @param most the argument of {@code --tls-max}, or null
   * @throws CommandException if there is none
   */
  static TlsVersions between(@Nullable String least, @Nullable String most)
      throws CommandException {
    boolean capped = most != null && !most.equals("default");
    if (capped && !KNOWN.contains(most)) {
      throw CommandException.usage(
          "--tls-max: '" + most + "' is not 1.0, 1.1, 1.2, 1.3 or default");
    }
    if (capped && KNOWN.indexOf(most) < KNOWN.indexOf("1.2")) {
      throw CommandException.usage(
          "--tls-max: TLS " + most + " is not supported, only 1.2 and 1.3");
    }
    boolean from13 = "1.3".equals(least);
    if (capped && "1.2".equals(most)) {
      if (from13) {
        throw CommandException.usage("--tls-max 1.2 and --tlsv1.3 exclude each other");
      }
      return ONLY_1_2;
    }
    return from13 ? ONLY_1_3 : ANY;
  }

  /** {@return the names of the protocols for the JDK, or null for the default} */
  public String @Nullable [] protocols() {
    return only == null ? null : new String[] {only};
  }
}
