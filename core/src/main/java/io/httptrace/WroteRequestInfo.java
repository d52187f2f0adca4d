package io.httptrace;

import org.jspecify.annotations.Nullable;

/** A request that has been written, or could not be. */
public final class WroteRequestInfo {
  private static final WroteRequestInfo WRITTEN = new WroteRequestInfo(null);

  private final @Nullable Throwable error;

  private WroteRequestInfo(@Nullable Throwable error) {
    this.error = error;
  }

  /**
   * {@return an info}
   *
   * @param error why writing failed, or null
   */
  public static WroteRequestInfo of(@Nullable Throwable error) {
    return error == null ? WRITTEN : new WroteRequestInfo(error);
  }

  /**
   * {@return why writing the request failed, or null if it did not} The body's source or the
   * connection may have failed.
   */
  public @Nullable Throwable error() {
    return error;
  }

  @Override
  public String toString() {
    return "{Err:" + error + "}";
  }
}
