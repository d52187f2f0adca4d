package io.httptrace.conformance;

import io.httptrace.conformance.error.ErrorClassifier;
import java.util.List;

/**
 * A client that the scenarios can run against. An implementation is an adapter of some hundred
 * lines between the kit's small types and the client's own.
 *
 * <p>It is stateless: each scenario opens a client of its own and closes it. To run the scenarios,
 * subclass each abstract class of {@code io.httptrace.conformance.scenarios} and return the adapter
 * from {@code client()}.
 */
public interface ClientUnderTest {

  /** {@return the client's name, as the report of the scenarios shows it} */
  String name();

  /**
   * Opens a client. Each setting that is absent is left at the client's default. A scenario only
   * makes the settings that it is about, so that {@link #capabilities()} can name settings that the
   * client lacks.
   *
   * @param settings the settings of the client
   * @return the open client
   * @throws Exception if it cannot be opened, which fails the scenario
   */
  OpenClient open(ClientSettings settings) throws Exception;

  /**
   * {@return what the client can do} A scenario that needs more is not run but reported as not
   * applicable, with the reason given here. Scenarios do not expect a hook that the client lacks,
   * and it must not fire.
   */
  default Capabilities capabilities() {
    return Capabilities.all();
  }

  /**
   * {@return the classifier of the client's exceptions} The standard one knows the exceptions of
   * the JDK and of this kit; a client with its own exceptions adds rules before it with {@link
   * ErrorClassifier#orElse}.
   */
  default ErrorClassifier errors() {
    return ErrorClassifier.standard();
  }

  /**
   * {@return where this client differs from the recordings on purpose, each with its reason} They
   * are applied after those of the project.
   */
  default List<Deviation> deviations() {
    return List.of();
  }
}
