package io.httptrace.jetty;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hooks that were called, in order. Fields are left out, but for one call for all of them. */
final class Events {
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final TraceRecorder recorder = TraceRecorder.builder().listener(this::add).build();

  private void add(TraceEvent event) {
    String name = event.hook().methodName();
    boolean field = event.hook() == Hook.WROTE_HEADER_FIELD;
    if (!field || !names.get(names.size() - 1).equals(name)) {
      names.add(name);
    }
  }

  ClientTrace trace() {
    return recorder;
  }

  TraceRecorder recorder() {
    return recorder;
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
