package io.httptrace.benchmarks.checks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packets with content between a server and its clients, in order, from a file of {@code
 * tcpdump} with times in nanoseconds.
 */
final class Capture {
  private static final int NANOS = 0xa1b23c4d;
  private static final int FILE_HEADER = 24;
  private static final int ETHERNET_HEADER = 14;
  private static final int IPV4 = 4;

  /**
   * The times of the packets of a connection, as nanoseconds since 1970.
   *
   * @param sent of those that the client sent
   * @param received of those that the server sent
   */
  record Packets(List<Long> sent, List<Long> received) {}

  private final Map<Integer, Packets> byClientPort = new HashMap<>();
  private final int serverPort;

  private Capture(int serverPort) {
    this.serverPort = serverPort;
  }

  /** {@return the packets of a file} */
  static Capture read(Path file, int serverPort) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    if (in.remaining() < FILE_HEADER || in.getInt(0) != NANOS) {
      throw new IOException("not a capture in nanoseconds: " + file);
    }
    in.position(FILE_HEADER);
    Capture capture = new Capture(serverPort);
    while (in.remaining() >= 16) {
      long time = Integer.toUnsignedLong(in.getInt()) * 1_000_000_000 + in.getInt();
      int length = in.getInt();
      in.getInt(); // how long it was on the wire
      if (in.remaining() < length) {
        break; // tcpdump was stopped while it wrote
      }
      capture.packet(time, in.slice(in.position(), length).order(ByteOrder.BIG_ENDIAN));
      in.position(in.position() + length);
    }
    return capture;
  }

  private void packet(long time, ByteBuffer frame) {
    int ip = ETHERNET_HEADER;
    if (frame.get(ip) >> 4 != IPV4) {
      return;
    }
    int tcp = ip + (frame.get(ip) & 0xf) * 4;
    int content = tcp + (frame.get(tcp + 12) >> 4 & 0xf) * 4;
    int end = ip + Short.toUnsignedInt(frame.getShort(ip + 2));
    if (content >= end) {
      return;
    }
    int from = Short.toUnsignedInt(frame.getShort(tcp));
    int to = Short.toUnsignedInt(frame.getShort(tcp + 2));
    if (to == serverPort) {
      of(from).sent().add(time);
    } else {
      of(to).received().add(time);
    }
  }

  /** {@return the packets of the connection from a port} */
  Packets of(int clientPort) {
    return byClientPort.computeIfAbsent(
        clientPort, port -> new Packets(new ArrayList<>(), new ArrayList<>()));
  }
}
