package io.httptrace.cli.body;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.InputFile;
import io.httptrace.cli.text.LocalFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bodies that are read while they are sent. */
final class FileBody {
  private FileBody() {}

  /**
   * {@return the content of a file} If it is no regular file, such as a pipe, its length is not
   * known.
   *
   * @param option the option that names the file, for the error
   * @param name its name
   * @throws CommandException if it cannot be read
   */
  static BodyPublisher of(String option, String name) throws CommandException {
    try {
      Path path = new LocalFile(name).path();
      if (Files.isDirectory(path)) {
        throw new IOException("it is a directory");
      }
      InputStream in = Files.newInputStream(path);
      if (!Files.isRegularFile(path)) {
        return once(in);
      }
      in.close(); // that it can be opened is enough for now
      long length = Files.size(path);
      return length == 0
          ? BodyPublishers.ofByteArray(new byte[0])
          : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(path)), length);
    } catch (IOException e) {
      throw InputFile.unreadable(option, name, e);
    }
  }

  /**
   * The JDK's publisher for files does not find those whose names are not in the locale's charset.
   */
  private static InputStream open(Path path) {
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@return what can be read only once, and whose length is not known}
   *
   * @param in where to read it
   */
  static BodyPublisher once(InputStream in) {
    AtomicBoolean begun = new AtomicBoolean();
    return BodyPublishers.ofInputStream(() -> begun.getAndSet(true) ? new AlreadyRead() : in);
  }

  /** Stands for a stream that has been read: a redirect would need it once more. */
  private static final class AlreadyRead extends InputStream {
    @Override
    public int read() throws IOException {
      return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      throw new IOException("the body cannot be read again to send it once more");
    }
  }
}
