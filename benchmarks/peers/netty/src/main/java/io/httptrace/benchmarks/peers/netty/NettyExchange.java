package io.httptrace.benchmarks.peers.netty;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request under way; completes with the body of the response, empty if it is thrown away. */
final class NettyExchange extends CompletableFuture<byte[]> {
  private static final byte[] NONE = {};

  private final String path;
  private final byte @Nullable [] post;
  private final boolean discards;
  private byte[] body = NONE;
  private int count;
  private int status;

  /**
   * Makes one.
   *
   * @param post the body of a POST; null for a GET
   * @param discards whether the body is only counted
   */
  NettyExchange(String path, byte @Nullable [] post, boolean discards) {
    this.path = path;
    this.post = post;
    this.discards = discards;
  }

  String path() {
    return path;
  }

  byte @Nullable [] post() {
    return post;
  }

  /** {@return how long the body is so far} */
  long count() {
    return count;
  }

  /**
   * The head is there.
   *
   * @param length how long the body is; 0 if it does not say
   */
  void head(int code, int length) {
    status = code;
    if (!discards) {
      body = new byte[length];
    }
  }

  void content(ByteBuf content) {
    int length = content.readableBytes();
    if (!discards) {
      if (body.length < count + length) {
        body = Arrays.copyOf(body, count + length);
      }
      content.getBytes(content.readerIndex(), body, count, length);
    }
    count += length;
  }

  void end() {
    if (status == 200) {
      complete(body);
    } else {
      completeExceptionally(new IOException("status " + status));
    }
  }
}
