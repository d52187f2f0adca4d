package io.httptrace.conformance.http2.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.httptrace.conformance.http2.ErrorCodes;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.http2.fault.Http2Fault.Outcome;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Servers that send invalid frames (RFC 9113, sections 4 to 6). */
final class FrameFaults {
  private static final int LARGEST_WINDOW = Integer.MAX_VALUE;
  private static final int UNOPENED = 1_001;
  private static final HeaderBlock HEAD = HeaderBlock.status(200);

  static final List<Http2Fault> ALL =
      List.of(
          Http2Fault.atOnce(
              "http1-instead-of-settings",
              (http2, streams) ->
                  http2.send(
                      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII))),
          Http2Fault.atOnce(
              "garbage-instead-of-settings", (http2, streams) -> http2.send(garbage())),
          Http2Fault.atOnce(
              "ping-instead-of-settings", (http2, streams) -> http2.send(Frame.ping(1).bytes())),
          Http2Fault.of(
              "rapid-reset",
              Outcome.ALL_STREAMS_FAIL,
              (http2, streams) -> {
                for (int stream : streams) {
                  http2.send(Frame.reset(stream, ErrorCodes.INTERNAL_ERROR));
                }
              }),
          // A client may repeat a refused request, but not forever.
          Http2Fault.of("refuses-every-stream", Outcome.ALL_STREAMS_FAIL, FrameFaults::refuseAll),
          connection("reset-of-unopened-stream", Frame.reset(UNOPENED, ErrorCodes.CANCEL)),
          connection("headers-on-stream-0", Frame.headers(0, HEAD).endStream()),
          connection("headers-on-even-stream", Frame.headers(2, HEAD).endStream()),
          connection("headers-on-unopened-stream", Frame.headers(UNOPENED, HEAD).endStream()),
          connection("data-on-stream-0", Frame.data(0, "x")),
          connection("data-on-unopened-stream", Frame.data(UNOPENED, "x")),
          connection("reset-on-stream-0", Frame.reset(0, ErrorCodes.CANCEL)),
          connection("settings-on-a-stream", Frame.of(Frame.SETTINGS, 0, 1)),
          connection("ping-on-a-stream", Frame.of(Frame.PING, 0, 1, new byte[8])),
          connection("go-away-on-a-stream", Frame.of(Frame.GOAWAY, 0, 1, new byte[8])),
          connection("window-update-zero", Frame.windowUpdate(0, 0)),
          connection("window-update-overflow", Frame.windowUpdate(0, LARGEST_WINDOW)),
          stream("stream-window-update-zero", stream -> Frame.windowUpdate(stream, 0)),
          stream(
              "stream-window-update-overflow",
              stream -> Frame.windowUpdate(stream, LARGEST_WINDOW)),
          connection("ping-of-wrong-length", Frame.of(Frame.PING, 0, 0, new byte[7])),
          connection("settings-of-wrong-length", Frame.of(Frame.SETTINGS, 0, 0, new byte[7])),
          connection("settings-ack-with-content", Frame.of(Frame.SETTINGS, 1, 0, new byte[6])),
          connection("window-update-of-wrong-length", Frame.of(8, 0, 0, new byte[3])),
          connection("settings-enable-push-of-2", setting(Http2Settings.ENABLE_PUSH, 2)),
          connection("settings-frame-size-too-small", setting(Http2Settings.MAX_FRAME_SIZE, 1)),
          connection(
              "settings-window-too-large", setting(Http2Settings.INITIAL_WINDOW_SIZE, 1L << 31)),
          connection("continuation-of-nothing", Frame.continuation(1)),
          Http2Fault.of(
              "frame-within-a-header-block",
              Outcome.CONNECTION_FAILS,
              (http2, streams) -> {
                int first = streams.get(0);
                http2.send(Frame.headers(first, HEAD).without(Frame.END_HEADERS).bytes());
                http2.send(Frame.ping(1).bytes());
              }),
          Http2Fault.of(
              "frame-too-large",
              Outcome.CONNECTION_FAILS,
              (http2, streams) -> {
                http2.send(Frame.headers(streams.get(0), HEAD));
                http2.send(Frame.data(streams.get(0), new byte[1 << 20]).bytes());
              }),
          Http2Fault.of(
              "padding-longer-than-the-frame",
              Outcome.CONNECTION_FAILS,
              (http2, streams) -> {
                http2.send(Frame.headers(streams.get(0), HEAD));
                http2.send(Frame.of(0, Frame.PADDED, streams.get(0), (byte) 9, (byte) 0).bytes());
              }),
          Http2Fault.of(
              "push-promise-though-refused",
              Outcome.CONNECTION_FAILS,
              (http2, streams) -> {
                HeaderBlock request =
                    HeaderBlock.empty()
                        .field(":method", "GET")
                        .field(":scheme", "http")
                        .field(":path", "/pushed")
                        .field(":authority", "localhost");
                http2.send(Frame.pushPromise(streams.get(0), 2, request).bytes());
              }),
          Http2Fault.of(
              "headers-on-closed-stream",
              Outcome.ANY,
              (http2, streams) -> {
                http2.send(Frame.headers(1, HEAD).endStream().bytes());
                answer(http2, streams);
              }),
          Http2Fault.of(
              "data-on-closed-stream",
              Outcome.ANY,
              (http2, streams) -> {
                Flood.of(http2, 1_000, Frame.data(1, new byte[16_384]));
                answer(http2, streams);
              }),
          stream("data-before-headers", stream -> Frame.data(stream, "x").endStream()),
          // A client that reads gives the windows back, so only one that does not can be tested.
          Http2Fault.of(
              "data-beyond-the-window",
              Outcome.ANY,
              (http2, streams) -> {
                http2.send(Frame.headers(streams.get(0), HEAD));
                Flood.of(http2, 1_100, Frame.data(streams.get(0), new byte[16_384]));
                // A client that reads as fast as this writes has opened the window each time,
                // and sees no fault. The reset ends its request anyway.
                http2.send(Frame.reset(streams.get(0), ErrorCodes.INTERNAL_ERROR).bytes());
                answer(http2, streams.subList(1, streams.size()));
              }),
          Http2Fault.of(
              "go-away-with-rising-last-stream",
              Outcome.ANY,
              (http2, streams) -> {
                for (int stream : streams) {
                  http2.send(Frame.goAway(stream, ErrorCodes.NO_ERROR).bytes());
                }
                answer(http2, streams);
              }));

  private FrameFaults() {}

  private interface OnStream {
    Frame frame(int stream);
  }

  private static Http2Fault connection(String name, Frame frame) {
    return Http2Fault.of(
        name, Outcome.CONNECTION_FAILS, (http2, streams) -> http2.send(frame.bytes()));
  }

  private static Http2Fault stream(String name, OnStream fault) {
    return Http2Fault.of(
        name,
        Outcome.STREAM_FAILS,
        (http2, streams) -> http2.send(fault.frame(streams.get(0)).bytes()));
  }

  private static Frame setting(int id, long value) {
    return Frame.settings(Http2Settings.none().with(id, value));
  }

  private static byte[] garbage() {
    byte[] garbage = new byte[4_096];
    Arrays.fill(garbage, (byte) 0xa5);
    return garbage;
  }

  private static void refuseAll(ScriptedHttp2Connection http2, List<Integer> streams)
      throws IOException {
    for (int stream : streams) {
      http2.send(Frame.reset(stream, ErrorCodes.REFUSED_STREAM));
    }
    for (int i = 0; i < 1_000; i++) {
      http2.send(Frame.reset(http2.awaitRequest().stream(), ErrorCodes.REFUSED_STREAM));
    }
    throw new AssertionError("the client repeats refused requests without end");
  }

  private static void answer(ScriptedHttp2Connection http2, List<Integer> streams)
      throws IOException {
    for (int stream : streams) {
      http2.respond(stream, 200, "hello");
    }
  }
}
