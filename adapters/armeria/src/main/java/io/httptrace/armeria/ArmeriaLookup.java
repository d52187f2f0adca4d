package io.httptrace.armeria;

import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.Hook;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One lookup. It ends when a result is there or, before that, when its request has ended. */
final class ArmeriaLookup {
  private final ArmeriaRoundTrip user;
  private final AtomicBoolean over = new AtomicBoolean();

  ArmeriaLookup(ArmeriaRoundTrip user, String host) {
    this.user = user;
    DnsStartInfo info = DnsStartInfo.of(host);
    user.fire(Hook.DNS_START, System.nanoTime(), trace -> trace.dnsStart(info));
  }

  void done(List<InetAddress> addresses, @Nullable Throwable error) {
    if (over.compareAndSet(false, true)) {
      long now = System.nanoTime();
      DnsDoneInfo info = DnsDoneInfo.of(addresses, error, false);
      user.fire(Hook.DNS_DONE, now, trace -> trace.dnsDone(info));
    }
  }
}
