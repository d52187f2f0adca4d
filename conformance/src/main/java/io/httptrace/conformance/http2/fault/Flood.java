package io.httptrace.conformance.http2.fault;

import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Sends the same bytes repeatedly, in large writes, without any check. */
final class Flood {
  private static final int WRITE = 64 * 1024;

  private Flood() {}

  static void of(ScriptedHttp2Connection http2, int times, Frame... frames) throws IOException {
    byte[] once = bytes(frames);
    int perWrite = Math.max(1, WRITE / once.length);
    byte[] many = repeat(once, perWrite);
    int left = times;
    for (; left >= perWrite; left -= perWrite) {
      http2.send(many);
    }
    http2.send(repeat(once, left));
  }

  static byte[] bytes(Frame... frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      bytes.writeBytes(frame.bytes());
    }
    return bytes.toByteArray();
  }

  static byte[] repeat(byte[] bytes, int times) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length * times);
    for (int i = 0; i < times; i++) {
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }
}
