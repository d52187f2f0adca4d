package io.httptrace.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** Tells the counters to whoever sends anything, and closes. */
final class CountersHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Supplier<String> counters;

  CountersHandler(Supplier<String> counters) {
    this.counters = counters;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
    String line = "cpu_ns=" + SYSTEM.getProcessCpuTime() + counters.get() + "\n";
    context
        .writeAndFlush(Unpooled.copiedBuffer(line, US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
