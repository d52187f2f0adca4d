package io.httptrace.conformance.http2.fault;

import io.httptrace.conformance.http2.ErrorCodes;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.http2.fault.Http2Fault.Outcome;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import java.io.IOException;
import java.util.List;

/** Servers that send too much of something. Each sends at most 20 megabytes. */
final class FloodFaults {
  private static final int MANY = 100_000;
  private static final HeaderBlock HEAD = HeaderBlock.status(200);

  static final List<Http2Fault> ALL =
      List.of(
          // Nothing is read meanwhile, so that the client's replies pile up on its side.
          Http2Fault.of(
              "ping-flood",
              Outcome.ANY,
              (http2, streams) -> {
                Flood.of(http2, MANY / 4, Frame.ping(7));
                answer(http2, streams);
              }),
          Http2Fault.of(
              "settings-flood",
              Outcome.ANY,
              (http2, streams) -> {
                Http2Settings settings = Http2Settings.none().maxConcurrentStreams(100);
                Flood.of(http2, MANY / 4, Frame.settings(settings));
                answer(http2, streams);
              }),
          Http2Fault.of(
              "empty-data-flood",
              Outcome.ANY,
              (http2, streams) -> {
                http2.send(Frame.headers(streams.get(0), HEAD));
                Flood.of(http2, MANY, Frame.data(streams.get(0)));
                http2.send(Frame.data(streams.get(0)).endStream());
                answer(http2, streams.subList(1, streams.size()));
              }),
          Http2Fault.of(
              "padded-empty-data-flood",
              Outcome.ANY,
              (http2, streams) -> {
                http2.send(Frame.headers(streams.get(0), HEAD));
                Frame padding = Frame.of(Frame.DATA, Frame.PADDED, streams.get(0), (byte) 0);
                Flood.of(http2, MANY, padding);
                http2.send(Frame.data(streams.get(0)).endStream());
                answer(http2, streams.subList(1, streams.size()));
              }),
          Http2Fault.of(
              "empty-continuation-flood",
              Outcome.CONNECTION_FAILS,
              (http2, streams) -> {
                openBlock(http2, streams.get(0));
                Flood.of(http2, MANY, Frame.continuation(streams.get(0)));
              }),
          Http2Fault.of(
              "continuation-flood",
              Outcome.CONNECTION_FAILS,
              (http2, streams) -> {
                openBlock(http2, streams.get(0));
                byte[] fields = HeaderBlock.empty().field("x", "v".repeat(1_000)).bytes();
                Frame part = Frame.continuation(streams.get(0), Flood.repeat(fields, 16));
                Flood.of(http2, 1_000, part);
              }),
          Http2Fault.of(
              "endless-informational",
              Outcome.STREAM_FAILS,
              (http2, streams) ->
                  Flood.of(http2, MANY, Frame.headers(streams.get(0), HeaderBlock.status(103)))),
          Http2Fault.of(
              "priority-flood",
              Outcome.ANY,
              (http2, streams) -> {
                Frame priority = Frame.of(Frame.PRIORITY, 0, streams.get(0), new byte[5]);
                Flood.of(http2, MANY, priority);
                answer(http2, streams);
              }),
          Http2Fault.of(
              "unknown-frame-flood",
              Outcome.ANY,
              (http2, streams) -> {
                Flood.of(http2, MANY, Frame.of(0xbe, 0xff, 0));
                answer(http2, streams);
              }),
          Http2Fault.of(
              "reset-flood",
              Outcome.ALL_STREAMS_FAIL,
              (http2, streams) -> {
                for (int stream : streams) {
                  Flood.of(http2, MANY / 10, Frame.reset(stream, ErrorCodes.INTERNAL_ERROR));
                }
              }),
          Http2Fault.of(
              "window-update-flood",
              Outcome.ANY,
              (http2, streams) -> {
                Flood.of(http2, MANY, Frame.windowUpdate(0, 1));
                answer(http2, streams);
              }),
          Http2Fault.of(
              "go-away-flood",
              Outcome.ANY,
              (http2, streams) -> {
                int last = streams.get(streams.size() - 1);
                Flood.of(http2, MANY / 10, Frame.goAway(last, ErrorCodes.NO_ERROR));
                answer(http2, streams);
              }));

  private FloodFaults() {}

  private static void openBlock(ScriptedHttp2Connection http2, int stream) throws IOException {
    http2.send(Frame.headers(stream, HEAD).without(Frame.END_HEADERS).bytes());
  }

  private static void answer(ScriptedHttp2Connection http2, List<Integer> streams)
      throws IOException {
    for (int stream : streams) {
      http2.respond(stream, 200, "hello");
    }
  }
}
