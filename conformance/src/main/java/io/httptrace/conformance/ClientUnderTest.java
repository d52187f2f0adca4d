package io.httptrace.conformance;

import io.httptrace.HookSupport;
import io.httptrace.conformance.error.ErrorClassifier;
import java.util.List;

/**
 * A client that the scenarios can run against. An implementation is an adapter of some hundred
 * lines between the kit's small types and the client's own.
 *
 * <p>It is stateless: each scenario opens a client of its own and closes it. {@link
 * io.httptrace.conformance.scenarios.ConformanceSuite} runs the scenarios.
 *
 * <p>It also says where the client falls short, each time with a reason for people: what its hooks
 * tell ({@link #support()}, {@link #maskedArguments()}), what the client does ({@link
 * #capabilities()}), and single differences ({@link #deviations()}).
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
   * {@return how well the client reports each hook over HTTP/1.1} The scenarios hold it to that:
   *
   * <ul>
   *   <li>{@code EXACT}: the hook comes as often as in the recording, with the arguments and in the
   *       order of the recording.
   *   <li>{@code STAMPED}: likewise, but it is ordered by {@link
   *       io.httptrace.EventStamp#nanoTime()}, not by when it is called.
   *   <li>{@code APPROXIMATE}: it comes as often as in the recording, with its arguments, in any
   *       order, but a {@code ...Start} before its {@code ...Done}.
   *   <li>{@code NEVER}: it must not come.
   * </ul>
   */
  default HookSupport support() {
    return HookSupport.allExact();
  }

  /** {@return how well the client reports each hook over HTTP/2, as {@link #support()}} */
  default HookSupport supportOverHttp2() {
    return support();
  }

  /** {@return the arguments of hooks that the client cannot know, each with its reason} */
  default List<MaskedArgument> maskedArguments() {
    return List.of();
  }

  /**
   * {@return what the client can do} A scenario that needs more is not run but reported as not
   * applicable, with the reason given here.
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

  /** {@return the threads of the client's library that outlive a client, each with its reason} */
  default List<SharedThread> sharedThreads() {
    return List.of();
  }
}
