package io.httptrace.apache;

import io.httptrace.conformance.Names;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.DnsResolver;

/** Looks names up as a scenario says. IP literals are none. */
record ScenarioNames(Names names) implements DnsResolver {
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    if (host.matches("[0-9.]+|.*:.*")) {
      return InetAddress.getAllByName(host);
    }
    try {
      return names.lookup(host).toCompletableFuture().get().toArray(new InetAddress[0]);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
