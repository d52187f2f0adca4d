package io.httptrace.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the client can run on the Netty that was found. An application may have Netty 4.1 for
 * something else; without this check it would get a {@link NoClassDefFoundError} that does not name
 * the reason.
 *
 * <p>The check loads one class of each of Netty's jars, which a client would load soon after, and
 * reads no file unless something is wrong.
 */
final class NettyVersion {
  private static final Pattern MAJOR_MINOR = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  /**
   * A class of each jar. That of netty-transport is new in 4.2, because a jar may not say its
   * version.
   */
  static final Map<String, String> CLASSES = new LinkedHashMap<>();

  static {
    CLASSES.put("netty-common", "io.netty.util.concurrent.Future");
    CLASSES.put("netty-buffer", "io.netty.buffer.ByteBuf");
    CLASSES.put("netty-transport", "io.netty.channel.IoHandler");
    CLASSES.put("netty-codec-base", "io.netty.handler.codec.ByteToMessageDecoder");
    CLASSES.put("netty-codec-http", "io.netty.handler.codec.http.HttpMessage");
    CLASSES.put("netty-codec-http2", "io.netty.handler.codec.http2.Http2Headers");
    CLASSES.put("netty-codec-socks", "io.netty.handler.codec.socksx.SocksMessage");
    CLASSES.put("netty-handler", "io.netty.handler.ssl.ApplicationProtocolAccessor");
  }

  private static volatile boolean fits;

  private NettyVersion() {}

  /**
   * Checks Netty.
   *
   * @throws IllegalStateException if the version is wrong; the message says what was found, what is
   *     needed and what to do
   */
  static void check() {
    if (!fits) {
      check(NettyVersion.class.getClassLoader());
      fits = true;
    }
  }

  private static void check(@Nullable ClassLoader loader) {
    for (String name : CLASSES.values()) {
      String version;
      try {
        version = version(Class.forName(name, false, loader));
      } catch (ClassNotFoundException | LinkageError missing) {
        throw new IllegalStateException(message(loader), missing);
      }
      if (version != null && !fits(version)) {
        throw new IllegalStateException(message(loader));
      }
    }
  }

  private static String message(@Nullable ClassLoader loader) {
    return "httptrace-client needs Netty 4.2, but there is "
        + found(loader)
        + ". Use httptrace-client-shaded in its place, which has a Netty of its own and leaves this"
        + " one to others; or set the version of all io.netty artifacts to 4.2, also where another"
        + " BOM manages it (for Spring Boot: the property netty.version).";
  }

  /** {@return the versions, or the one version if all jars have the same} */
  private static String found(@Nullable ClassLoader loader) {
    Map<String, String> written = written(loader);
    Map<String, String> versions = new LinkedHashMap<>();
    CLASSES.forEach((jar, name) -> versions.put(jar, version(jar, name, written, loader)));
    if (new TreeSet<>(versions.values()).size() == 1) {
      String only = versions.values().iterator().next();
      return only.equals("missing") ? "no Netty" : "Netty " + only;
    }
    return versions.entrySet().stream()
        .map(jar -> jar.getKey() + " " + jar.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String version(
      String jar, String name, Map<String, String> written, @Nullable ClassLoader loader) {
    // The jar of 4.1 has another name, and no class that is new in 4.2.
    String old = written.get(jar.equals("netty-codec-base") ? "netty-codec" : jar);
    String version = written.getOrDefault(jar, old);
    try {
      String ofClass = version(Class.forName(name, false, loader));
      return ofClass != null ? ofClass : version != null ? version : "of unknown version";
    } catch (ClassNotFoundException | LinkageError absent) {
      return version == null ? "missing" : version;
    }
  }

  /**
   * {@return the version in the manifest of a class's jar, or null if there is none or it is not
   * Netty's}
   */
  private static @Nullable String version(Class<?> type) {
    Package of = type.getPackage();
    String title = of.getImplementationTitle();
    return title != null && title.startsWith("Netty/") ? of.getImplementationVersion() : null;
  }

  private static boolean fits(String version) {
    Matcher numbers = MAJOR_MINOR.matcher(version);
    return !numbers.matches()
        || (Integer.parseInt(numbers.group(1)) == 4 && Integer.parseInt(numbers.group(2)) >= 2);
  }

  /** {@return the versions by jar that Netty's own files name} */
  private static Map<String, String> written(@Nullable ClassLoader loader) {
    Map<String, String> versions = new LinkedHashMap<>();
    String file = "META-INF/io.netty.versions.properties";
    try {
      for (URL url :
          Collections.list(
              loader == null ? ClassLoader.getSystemResources(file) : loader.getResources(file))) {
        Properties properties = new Properties();
        try (InputStream in = url.openStream()) {
          properties.load(in);
        }
        for (String key : properties.stringPropertyNames()) {
          if (key.endsWith(".version")) {
            versions.putIfAbsent(
                key.substring(0, key.length() - ".version".length()), properties.getProperty(key));
          }
        }
      }
    } catch (IOException unreadable) {
      // The message then names no version.
    }
    return versions;
  }
}
