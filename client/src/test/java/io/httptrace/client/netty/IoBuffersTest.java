package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.Handle;
import org.junit.jupiter.api.Test;

/** A buffer is used again unless somebody keeps what was read into it. */
@SuppressWarnings("deprecation") // Netty has no other type for a handle
class IoBuffersTest {
  private final IoBuffers buffers = new IoBuffers(1);

  private static ByteBuf read(Handle reads, int bytes) {
    ByteBuf buffer = reads.allocate(UnpooledByteBufAllocator.DEFAULT);
    reads.attemptedBytesRead(buffer.writableBytes());
    buffer.writeZero(bytes);
    reads.lastBytesRead(bytes);
    return buffer;
  }

  @Test
  void aBufferThatNobodyKeepsIsUsedAgainByAnyConnection() {
    Handle first = buffers.newHandle();
    ByteBuf one = read(first, 10);
    one.release();
    first.readComplete();
    Handle second = buffers.newHandle();
    ByteBuf two = read(second, 5);

    assertThat(two).isSameAs(one);
    assertThat(two.readableBytes()).isEqualTo(5);
    two.release();
    second.readComplete();
    buffers.close();
    assertThat(one.refCnt()).isZero();
  }

  @Test
  void aBufferThatSomebodyKeepsIsTheirs() {
    Handle reads = buffers.newHandle();
    ByteBuf kept = read(reads, 10);
    reads.readComplete();
    ByteBuf other = read(reads, 10);

    assertThat(other).isNotSameAs(kept);
    assertThat(kept.refCnt()).isEqualTo(1);
    kept.release();
    other.release();
    reads.readComplete();
    buffers.close();
    assertThat(other.refCnt()).isZero();
  }

  @Test
  void oneReadTakesUpTo64KiB() {
    Handle reads = buffers.newHandle();
    ByteBuf buffer = read(reads, 10);

    assertThat(buffer.capacity()).isEqualTo(65_536);
    assertThat(reads.continueReading()).isFalse();
    buffer.release();
    reads.readComplete();
    buffers.close();
  }

  @Test
  void noBufferIsKeptOnceTheClientIsClosed() {
    Handle reads = buffers.newHandle();
    ByteBuf late = read(reads, 10);
    buffers.close();
    late.release();
    reads.readComplete();

    assertThat(late.refCnt()).isZero();
  }
}
