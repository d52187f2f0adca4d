package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A round trip that begins. */
public final class RoundTripStartInfo {
  private final int number;
  private final RoundTripReason reason;
  private final String method;
  private final URI uri;
  private final @Nullable HookSupport hookSupport;

  private RoundTripStartInfo(
      int number,
      RoundTripReason reason,
      String method,
      URI uri,
      @Nullable HookSupport hookSupport) {
    this.number = number;
    this.reason = requireNonNull(reason, "reason");
    this.method = requireNonNull(method, "method");
    this.uri = requireNonNull(uri, "uri");
    this.hookSupport = hookSupport;
  }

  /**
   * {@return an info of a client that does not say which hooks it can report}
   *
   * @param number the number of the round trip within the request, from 1
   * @param reason why it is made
   * @param method the method
   * @param uri the target
   */
  public static RoundTripStartInfo of(int number, RoundTripReason reason, String method, URI uri) {
    return of(number, reason, method, uri, null);
  }

  /**
   * {@return an info}
   *
   * @param number the number of the round trip within the request, from 1
   * @param reason why it is made
   * @param method the method
   * @param uri the target
   * @param hookSupport how well the client can report each hook; null if it does not say
   */
  public static RoundTripStartInfo of(
      int number,
      RoundTripReason reason,
      String method,
      URI uri,
      @Nullable HookSupport hookSupport) {
    return new RoundTripStartInfo(number, reason, method, uri, hookSupport);
  }

  /** {@return the number of the round trip within the request, from 1} */
  public int number() {
    return number;
  }

  /** {@return why it is made} */
  public RoundTripReason reason() {
    return reason;
  }

  /** {@return the method} */
  public String method() {
    return method;
  }

  /** {@return the target; secrets in it are not masked} */
  public URI uri() {
    return uri;
  }

  /** {@return how well the client can report each hook; null if it does not say} */
  public @Nullable HookSupport hookSupport() {
    return hookSupport;
  }

  /** {@return number, reason and method; the URI is left out, it may hold secrets} */
  @Override
  public String toString() {
    return "{#" + number + " " + reason + " " + method + "}";
  }
}
