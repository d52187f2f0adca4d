package io.httptrace.apache;

import io.httptrace.conformance.body.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of a scenario's request. */
final class ScenarioBody extends AbstractHttpEntity {
  private final RequestBody body;

  ScenarioBody(RequestBody body) {
    super((String) null, null, body.length() < 0);
    this.body = body;
  }

  @Override
  public boolean isRepeatable() {
    return body.replayable();
  }

  @Override
  public InputStream getContent() {
    return body.open();
  }

  /** Sends each part at once, so that a body that pauses has been sent up to there. */
  @Override
  public void writeTo(OutputStream stream) throws IOException {
    byte[] part = new byte[1024];
    try (InputStream content = body.open()) {
      for (int count = content.read(part); count >= 0; count = content.read(part)) {
        stream.write(part, 0, count);
        stream.flush();
      }
    }
  }

  @Override
  public boolean isStreaming() {
    return !body.replayable();
  }

  @Override
  public long getContentLength() {
    return body.length();
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return "body of a scenario";
  }
}
