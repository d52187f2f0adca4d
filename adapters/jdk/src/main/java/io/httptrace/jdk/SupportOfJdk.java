package io.httptrace.jdk;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How well the JDK's client can be traced, on the JDK that runs this. */
final class SupportOfJdk {
  private SupportOfJdk() {}

  /**
   * {@return the support}
   *
   * @param points the places that are needed
   * @param weaver says which of them this JDK has
   */
  static HookSupport of(List<HookPoint> points, Weaver weaver) {
    HookSupport.Builder support =
        HookSupport.builder()
            .stamped(
                "the JDK looks up before it asks its pool; told once a connection is dialled",
                Hook.DNS_START,
                Hook.DNS_DONE)
            .approximate(
                "over TLS and HTTP/2 called when the connection has been given the bytes, and may"
                    + " still hold some of them",
                Hook.WROTE_HEADER_FIELD,
                Hook.WROTE_HEADERS,
                Hook.WROTE_REQUEST)
            .never("the JDK's pool makes no request wait", Hook.CONN_WAIT_START);
    Map<Hook, String> lacking = new EnumMap<>(Hook.class);
    for (HookPoint point : points) {
      String lack = weaver.lack(point);
      if (lack != null) {
        point.hooks().forEach(hook -> lacking.putIfAbsent(hook, lack));
      }
    }
    lacking.forEach((hook, lack) -> support.never(lack, hook));
    if (!Jdk.missing().isEmpty()) {
      support.never(
          "JDK " + Runtime.version() + " lacks " + String.join(", ", Jdk.missing()), Hook.values());
    }
    return support.build();
  }
}
