package io.httptrace.apache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** The body of a response, which tells its round trip when it has ended or failed. */
final class ClassicResponseEntity extends HttpEntityWrapper {
  private final ApacheRoundTrip roundTrip;
  private @Nullable InputStream content;

  ClassicResponseEntity(HttpEntity body, ApacheRoundTrip roundTrip) {
    super(body);
    this.roundTrip = roundTrip;
  }

  @Override
  public InputStream getContent() throws IOException {
    InputStream told = content;
    if (told == null) {
      InputStream received = super.getContent();
      told =
          received instanceof ChunkedInputStream chunked
              ? new Chunks(chunked, roundTrip)
              : new Told(received, roundTrip);
      content = told;
    }
    return told;
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    try (InputStream read = getContent()) {
      read.transferTo(stream);
    }
  }

  private static int told(int count, ApacheRoundTrip roundTrip) {
    if (count < 0) {
      roundTrip.bodyEnds();
    }
    return count;
  }

  /** A body of known length, or one that ends with its connection. */
  private static final class Told extends InputStream {
    private final InputStream stream;
    private final ApacheRoundTrip roundTrip;

    Told(InputStream stream, ApacheRoundTrip roundTrip) {
      this.stream = stream;
      this.roundTrip = roundTrip;
    }

    @Override
    public int read() throws IOException {
      try {
        return told(stream.read(), roundTrip);
      } catch (IOException | RuntimeException failed) {
        roundTrip.fails(failed);
        throw failed;
      }
    }

    @Override
    public int read(byte[] part, int offset, int length) throws IOException {
      try {
        return told(stream.read(part, offset, length), roundTrip);
      } catch (IOException | RuntimeException failed) {
        roundTrip.fails(failed);
        throw failed;
      }
    }

    @Override
    public int available() throws IOException {
      return stream.available();
    }

    @Override
    public void close() throws IOException {
      try {
        stream.close();
      } catch (IOException | RuntimeException failed) {
        roundTrip.fails(failed);
        throw failed;
      }
    }
  }

  /** A body in chunks: the client looks for trailers in a stream of this type. */
  private static final class Chunks extends ChunkedInputStream {
    private final ChunkedInputStream stream;
    private final Told told;

    Chunks(ChunkedInputStream stream, ApacheRoundTrip roundTrip) {
      super(new SessionInputBufferImpl(16), InputStream.nullInputStream());
      this.stream = stream;
      this.told = new Told(stream, roundTrip);
    }

    @Override
    public int read() throws IOException {
      return told.read();
    }

    @Override
    public int read(byte[] part) throws IOException {
      return told.read(part, 0, part.length);
    }

    @Override
    public int read(byte[] part, int offset, int length) throws IOException {
      return told.read(part, offset, length);
    }

    @Override
    public int available() throws IOException {
      return told.available();
    }

    @Override
    public void close() throws IOException {
      told.close();
    }

    @Override
    public Header[] getFooters() {
      return stream.getFooters();
    }
  }
}
