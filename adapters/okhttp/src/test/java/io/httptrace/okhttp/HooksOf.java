package io.httptrace.okhttp;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;

/** Hooks of a call that is none of OkHttp's. */
final class HooksOf {
  private HooksOf() {}

  static CallHooks trace(ClientTrace trace) {
    return requireNonNull(ClientTraces.create(OkHttpTracing.class).hooks("call", trace, null));
  }
}
