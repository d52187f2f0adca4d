package io.httptrace.conformance.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the parts of HTTP/1.1 and TLS messages from a stream (RFC 9112; RFC 8446, section 5.1). */
final class WireReader {
  private static final int RECORD_HEADER = 5;

  private WireReader() {}

  /** {@return the text up to the empty line that ends a head, without that line} */
  static String head(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    String line = line(in);
    while (!line.isEmpty()) {
      text.append(line).append('\n');
      line = line(in);
    }
    return text.toString();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the client closed the connection");
      }
      bytes.write(b);
    }
    String line = bytes.toString(ISO_8859_1);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** {@return exactly so many bytes} */
  static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the client closed the connection after " + bytes.length + " bytes");
    }
    return bytes;
  }

  /** {@return the content of a chunked body; trailers are read and dropped} */
  static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      content.write(exactly(in, size));
      expectEmptyLine(in);
    }
    head(in);
    return content.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    String line = line(in);
    int extension = line.indexOf(';');
    return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
  }

  private static void expectEmptyLine(InputStream in) throws IOException {
    String line = line(in);
    if (!line.isEmpty()) {
      throw new IOException("the client sent no end of chunk but: " + line);
    }
  }

  /** {@return the first TLS record, header and content} */
  static byte[] tlsRecord(InputStream in) throws IOException {
    byte[] header = exactly(in, RECORD_HEADER);
    int length = ((header[3] & 0xff) << 8) | (header[4] & 0xff);
    byte[] content = exactly(in, length);
    byte[] all = new byte[RECORD_HEADER + length];
    System.arraycopy(header, 0, all, 0, RECORD_HEADER);
    System.arraycopy(content, 0, all, RECORD_HEADER, length);
    return all;
  }
}
