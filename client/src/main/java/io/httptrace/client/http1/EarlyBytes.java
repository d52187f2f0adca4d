package io.httptrace.client.http1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a server has said on a connection before the first request on it. It belongs to that
 * request: some servers refuse a client as they accept it. Nothing more is read meanwhile, so it is
 * little.
 */
final class EarlyBytes {
  // Written by the event loop only.
  private volatile byte @Nullable [] bytes;

  void add(ByteBuf more) {
    byte[] before = bytes;
    int length = before == null ? 0 : before.length;
    int count = more.readableBytes();
    byte[] all = before == null ? new byte[count] : Arrays.copyOf(before, length + count);
    more.readBytes(all, length, count);
    bytes = all;
  }

  /** {@return what there is, or null; from now on there is nothing} */
  byte @Nullable [] take() {
    byte[] taken = bytes;
    bytes = null;
    return taken;
  }

  /** {@return whether there is anything} On any thread. */
  boolean any() {
    return bytes != null;
  }
}
