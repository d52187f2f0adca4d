package io.httptrace.cli.text;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that an option names.
 *
 * <p>A JVM cannot make a path from a name with characters outside the locale's charset, nor find a
 * file in a working directory with such a name. It can make a path from a URI, which has the
 * octets.
 *
 * @param name the name as it was given; octets that are not characters are kept, see {@link Octets}
 */
public record LocalFile(String name) {

  /** The working directory by the kernel's link, without its name. */
  private static final Path WORKING_DIRECTORY = Path.of("/proc/self/cwd");

  /**
   * {@return where the file is}
   *
   * @throws IOException if this cannot be the name of a file
   */
  public Path path() throws IOException {
    boolean absolute = name.startsWith("/");
    boolean simple = isPlain(name) && (absolute || !isStandIn(System.getProperty("user.dir", "")));
    boolean lost = !absolute && !Files.isDirectory(WORKING_DIRECTORY);
    if (simple || lost || name.isEmpty()) {
      return given();
    }
    StringBuilder uri = new StringBuilder("file://");
    if (!absolute) {
      uri.append(WORKING_DIRECTORY).append('/');
    }
    for (byte octet : Octets.encode(name)) {
      if (octet == '/') {
        uri.append('/');
      } else {
        uri.append(String.format("%%%02X", octet & 0xff));
      }
    }
    try {
      return Path.of(URI.create(uri.toString()));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a file name", e);
    }
  }

  private Path given() throws IOException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException("not a file name", e);
    }
  }

  /** The launcher passes a stand-in to the JVM if it could not read the name. */
  private static boolean isStandIn(String workingDirectory) {
    return workingDirectory.equals("/") || !isPlain(workingDirectory);
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  public byte[] readAllBytes() throws IOException {
    return Files.readAllBytes(path());
  }

  /**
   * Writes the file. The old content is replaced only after the new content is on the disk.
   *
   * @param content the new content
   * @throws IOException if that fails
   */
  public void write(byte[] content) throws IOException {
    Path path = path();
    if (!Files.isRegularFile(path)) {
      Files.write(path, content);
      return;
    }
    Path real = path.toRealPath();
    Path directory = real.resolveSibling("");
    if (!Files.isWritable(real) || !Files.isWritable(directory)) {
      Files.write(real, content);
      return;
    }
    Path written = Files.createTempFile(directory, "httptrace", ".tmp");
    try {
      Files.write(written, content);
      Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(real));
      Files.move(written, real, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
