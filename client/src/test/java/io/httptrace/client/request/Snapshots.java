package io.httptrace.client.request;

import io.httptrace.client.http.ResponseHead;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests and responses for tests of policies. */
public final class Snapshots {
  private Snapshots() {}

  /** A request; a body is sent with POST and PUT. */
  public static RequestSnapshot request(String method, String uri, String... headers) {
    boolean body = method.equals("POST") || method.equals("PUT");
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(uri))
            .method(method, body ? BodyPublishers.ofString("body") : BodyPublishers.noBody());
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return RequestSnapshot.of(builder.build());
  }

  public static ResponseHead response(int status, String... headers) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new ResponseHead(status, "HTTP/1.1", fields, true, true);
  }
}
