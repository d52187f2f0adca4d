package io.httptrace;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lookup that has ended. */
public final class DnsDoneInfo {
  private final List<InetAddress> addrs;
  private final @Nullable Throwable error;
  private final boolean coalesced;
  private final @Nullable String resolver;

  private DnsDoneInfo(
      List<InetAddress> addrs,
      @Nullable Throwable error,
      boolean coalesced,
      @Nullable String resolver) {
    this.addrs = List.copyOf(addrs);
    this.error = error;
    this.coalesced = coalesced;
    this.resolver = resolver;
  }

  /**
   * {@return an info of a client that does not say who was asked}
   *
   * @param addrs the addresses found; empty if there is an error
   * @param error why the lookup failed, or null
   * @param coalesced whether the lookup was shared with another request
   */
  public static DnsDoneInfo of(
      List<InetAddress> addrs, @Nullable Throwable error, boolean coalesced) {
    return new DnsDoneInfo(addrs, error, coalesced, null);
  }

  /**
   * {@return an info}
   *
   * @param addrs the addresses found; empty if there is an error
   * @param error why the lookup failed, or null
   * @param coalesced whether the lookup was shared with another request
   * @param resolver who was asked, or null if that is not known
   */
  public static DnsDoneInfo of(
      List<InetAddress> addrs,
      @Nullable Throwable error,
      boolean coalesced,
      @Nullable String resolver) {
    return new DnsDoneInfo(addrs, error, coalesced, resolver);
  }

  /** {@return the addresses of both families, in the resolver's order; empty on error} */
  public List<InetAddress> addrs() {
    return addrs;
  }

  /** {@return why the lookup failed, or null if it did not} */
  public @Nullable Throwable error() {
    return error;
  }

  /**
   * {@return whether several requests shared the lookup} It is true for all of them, including the
   * one that started it.
   */
  public boolean coalesced() {
    return coalesced;
  }

  /**
   * {@return who was asked: {@code system} for the resolver of the operating system and its caches,
   * or the name of another one that the client was given; null if that is not known}
   */
  public @Nullable String resolver() {
    return resolver;
  }

  @Override
  public String toString() {
    return "{Addrs:" + addrs + " Err:" + error + " Coalesced:" + coalesced + "}";
  }
}
