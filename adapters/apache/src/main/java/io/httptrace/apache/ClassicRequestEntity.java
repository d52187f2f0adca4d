package io.httptrace.apache;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The body of a request, which tells when a part of it has been written. */
final class ClassicRequestEntity extends HttpEntityWrapper {
  private final Runnable wrotePart;

  ClassicRequestEntity(HttpEntity body, Runnable wrotePart) {
    super(body);
    this.wrotePart = wrotePart;
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    super.writeTo(
        new OutputStream() {
          @Override
          public void write(int part) throws IOException {
            stream.write(part);
            wrotePart.run();
          }

          @Override
          public void write(byte[] part, int offset, int length) throws IOException {
            stream.write(part, offset, length);
            wrotePart.run();
          }

          @Override
          public void flush() throws IOException {
            stream.flush();
            wrotePart.run();
          }

          @Override
          public void close() throws IOException {
            stream.close();
            wrotePart.run();
          }
        });
  }
}
