package io.httptrace.apache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Repeats what Go repeats: an idempotent request without a response, on a connection that was used
 * before.
 */
final class RetriesOfGo implements HttpRequestRetryStrategy {
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Override
  public boolean retryRequest(
      HttpRequest request, IOException exception, int execCount, HttpContext context) {
    HttpCoreContext core = HttpCoreContext.cast(context);
    EndpointDetails details = core.getEndpointDetails();
    return execCount == 1
        && !(exception instanceof InterruptedIOException || exception instanceof SSLException)
        && (IDEMPOTENT.contains(request.getMethod()) || request.containsHeader("Idempotency-Key"))
        && core.getResponse() == null
        && details != null
        && isUsedBefore(details);
  }

  /** The asynchronous client counts no responses over HTTP/1.1, and each request twice. */
  private static boolean isUsedBefore(EndpointDetails details) {
    return details.getResponseCount() > 0 || details.getRequestCount() > 2;
  }

  @Override
  public boolean retryRequest(HttpResponse response, int execCount, HttpContext context) {
    return false;
  }

  @Override
  public TimeValue getRetryInterval(HttpResponse response, int execCount, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }

  @Override
  public TimeValue getRetryInterval(
      HttpRequest request, IOException exception, int execCount, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }
}
