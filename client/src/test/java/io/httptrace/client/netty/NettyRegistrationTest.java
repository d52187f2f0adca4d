package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.concurrent.SystemClock;
import io.httptrace.conformance.time.Waiting;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the client leans on in Netty's NIO channels beyond what the interfaces say. If one of these
 * fails with another version of Netty, {@link NettyRegistration} is the place to look at.
 */
class NettyRegistrationTest {
  private final SystemClock clock = new SystemClock("timer");
  private final ConnectionLoops loops = new ConnectionLoops(1, "io", clock, Runnable::run);
  private final BlockingQueue<Integer> read = new LinkedBlockingQueue<>();

  private Channel channel;
  private SocketChannel peer;

  private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
      read.add(bytes.readableBytes());
    }
  }

  @BeforeEach
  void connect() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel =
          new Bootstrap()
              .group(loops)
              .channelFactory(ClientSocketChannel::new)
              .option(ChannelOption.AUTO_READ, false)
              .option(ChannelOption.SO_SNDBUF, 10_000)
              .disableResolver()
              .handler(new Reader())
              .connect(listener.getLocalAddress())
              .sync()
              .channel();
      peer = listener.accept();
    }
  }

  @AfterEach
  void close() throws Exception {
    channel.close().sync();
    peer.close();
    loops.shutdownGracefully().sync();
    clock.close();
  }

  private void say(int bytes) throws IOException {
    peer.write(ByteBuffer.allocate(bytes));
  }

  @Test
  void aChannelReadsOnceForEachTimeItIsAsked() throws Exception {
    ConnectionLoops.shareIoBuffers(channel);
    say(10);
    assertThat(read.poll(50, TimeUnit.MILLISECONDS)).as("nobody has asked").isNull();
    channel.read();
    assertThat(read.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(10);
    say(20);
    assertThat(read.poll(50, TimeUnit.MILLISECONDS)).as("asked once").isNull();
    channel.read();

    assertThat(read.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(20);
  }

  @Test
  void aCallerReadsAllThatIsThereAsOftenAsItAsks() throws Exception {
    ConnectionLoops.shareIoBuffers(channel);
    int size = 300_000;
    Thread speaker =
        new Thread(
            () -> {
              try {
                say(size);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    speaker.start();
    ConnectionDriver driver = ConnectionLoops.driverOf(channel);
    driver.attach();
    int received = 0;
    while (received < size) {
      channel.read();
      Integer count = read.poll();
      while (count == null) {
        if (!driver.drive(() -> !read.isEmpty())) {
          LockSupport.parkNanos(100_000); // the poller is looking whether this thread stays away
        }
        count = read.poll();
      }
      assertThat(count).isLessThanOrEqualTo(65_536);
      received += count;
    }
    driver.leave(true);
    speaker.join();

    assertThat(received).isEqualTo(size);
    assertThat(read).isEmpty();
  }

  @Test
  void whatTheSystemDoesNotTakeAtOnceIsWrittenWhenItDoes() throws Exception {
    int size = 8 << 20;
    var written = channel.writeAndFlush(Unpooled.directBuffer(size).writeZero(size));
    assertThat(written.isDone()).as("the peer has not read yet").isFalse();
    ByteBuffer sink = ByteBuffer.allocate(1 << 16);
    long received = 0;
    while (received < size) {
      received += peer.read(sink.clear());
    }

    assertThat(written.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(written.isSuccess()).isTrue();
  }

  @Test
  void manyBuffersAreWrittenInOrder() throws Exception {
    for (int i = 0; i < 5; i++) {
      channel.write(Unpooled.directBuffer(1).writeByte(i));
    }
    channel.write(Unpooled.EMPTY_BUFFER);
    channel.flush();
    ByteBuffer sink = ByteBuffer.allocate(5);
    while (sink.hasRemaining()) {
      peer.read(sink);
    }

    assertThat(sink.array()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void buffersOfAllKindsAndLengthsAreWrittenInOrder() throws Exception {
    int[] lengths = {1, 200, 5_000, 70_000, 4_096, 3, 200_000, 64_000, 2_000, 10};
    ByteBuf expected = Unpooled.buffer();
    List<ChannelFuture> writes = new ArrayList<>();
    for (int i = 0; i < 3 * lengths.length; i++) {
      byte[] bytes = new byte[lengths[i % lengths.length]];
      Arrays.fill(bytes, (byte) i);
      expected.writeBytes(bytes);
      boolean direct = i % 3 == 0;
      writes.add(
          channel.write(
              direct ? Unpooled.directBuffer().writeBytes(bytes) : Unpooled.wrappedBuffer(bytes)));
    }
    channel.flush();
    ByteBuffer received = ByteBuffer.allocate(expected.readableBytes());
    while (received.hasRemaining()) {
      peer.read(received);
    }

    assertThat(received.array()).isEqualTo(ByteBufUtil.getBytes(expected));
    for (ChannelFuture write : writes) {
      assertThat(write.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(write.isSuccess()).isTrue();
    }
  }

  @Test
  void theEndOfTheStreamClosesTheChannel() throws Exception {
    channel.read();
    peer.close();

    assertThat(channel.closeFuture().await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void theSocketIsClosedWithTheChannel() throws Exception {
    channel.close().sync();

    assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  @Test
  void timersRunAsTasksOfTheConnection() throws Exception {
    boolean[] inLoop = new boolean[1];
    channel
        .eventLoop()
        .schedule(() -> inLoop[0] = channel.eventLoop().inEventLoop(), 1, TimeUnit.MILLISECONDS)
        .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    var never = channel.eventLoop().schedule(() -> {}, 1, TimeUnit.HOURS);

    assertThat(inLoop[0]).isTrue();
    assertThat(never.cancel(false)).isTrue();
    assertThat(never.isCancelled()).isTrue();
  }

  @Test
  void whatIsWrittenByATaskIsReadByTheThreadThatBringsTheTask() throws Exception {
    Thread here = Thread.currentThread();
    Thread by;
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    do {
      // The poller, which has connected the channel, may still be running tasks of it.
      by =
          channel
              .eventLoop()
              .submit(Thread::currentThread)
              .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } while (by != here && System.nanoTime() < deadline);

    assertThat(by).isSameAs(here);
  }
}
