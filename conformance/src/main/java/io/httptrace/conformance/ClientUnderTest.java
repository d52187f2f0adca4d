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
   * Opens a client. Each setting that is absent or at its default is left to the client; a setting
   * is only made if the scenario is about it, so that {@link #capabilities()} may say which ones
   * the client does not have.
   *
   * @param settings how the client is to be set up
   * @return the open client
   * @throws Exception if it cannot be opened, which fails the scenario
   */
  OpenClient open(ClientSettings settings) throws Exception;

  /**
   * {@return what the client can do} A scenario that needs more is not run but reported as not
   * applicable, with the reason given here. A hook the client does not have is left out of what
   * scenarios expect, and must then not fire.
   */
  default Capabilities capabilities() {
    return Capabilities.all();
  }

  /**
   * {@return how the client's exceptions are told apart} The standard one knows the exceptions of
   * the JDK and of this kit; a client with exceptions of its own puts its rules before it with
   * {@link ErrorClassifier#orElse}.
   */
  default ErrorClassifier errors() {
    return ErrorClassifier.standard();
  }

  /**
   * {@return where this client differs from the recordings on purpose, each with its reason} They
   * come after those of the project.
   */
  default List<Deviation> deviations() {
    return List.of();
  }
}
