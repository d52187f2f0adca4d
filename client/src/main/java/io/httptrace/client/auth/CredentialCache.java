package io.httptrace.client.auth;

import io.httptrace.client.request.Origin;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that servers have accepted, so that later requests send them without a challenge.
 * They are for the directory of the request for which they were accepted, and everything below it
 * (RFC 7617, section 2.2), or for the whole origin.
 */
public final class CredentialCache {
  private static final int LIMIT = 1000;

  private final Map<ProtectionSpace, Credentials> spaces = new ProtectionSpaces();

  /**
   * The protection space of credentials.
   *
   * @param directory a path that ends with a slash
   */
  private record ProtectionSpace(Origin origin, String directory) {}

  /** Removes the least recently used credentials. */
  private static final class ProtectionSpaces extends LinkedHashMap<ProtectionSpace, Credentials> {
    private static final long serialVersionUID = 1;

    ProtectionSpaces() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<ProtectionSpace, Credentials> eldest) {
      return size() > LIMIT;
    }
  }

  /** {@return the credentials for a target: those for the smallest part of the origin} */
  synchronized @Nullable Credentials find(URI target) {
    if (spaces.isEmpty()) {
      return null;
    }
    Origin origin = Origin.of(target);
    String directory = directory(target);
    while (true) {
      Credentials found = spaces.get(new ProtectionSpace(origin, directory));
      if (found != null || directory.equals("/")) {
        return found;
      }
      directory = directory.substring(0, directory.lastIndexOf('/', directory.length() - 2) + 1);
    }
  }

  synchronized void store(URI target, Credentials credentials) {
    String directory = credentials.coversOrigin() ? "/" : directory(target);
    spaces.put(new ProtectionSpace(Origin.of(target), directory), credentials);
  }

  synchronized void remove(Credentials credentials) {
    spaces.values().removeIf(known -> known == credentials);
  }

  private static String directory(URI target) {
    String path = target.normalize().getRawPath();
    int end = path == null ? -1 : path.lastIndexOf('/');
    return end < 0 ? "/" : path.substring(0, end + 1);
  }
}
