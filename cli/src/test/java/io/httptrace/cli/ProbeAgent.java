package io.httptrace.cli;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Writes down how a JVM's classes are: another agent than the one that is tested. */
public final class ProbeAgent {
  private static final Set<String> WATCHED =
      Set.of(
          "okhttp3.internal.connection.RealCall",
          "jdk.internal.net.http.Exchange",
          "jdk.internal.net.http.Http1Exchange",
          "jdk.internal.net.http.HttpConnection",
          "jdk.internal.net.http.MultiExchange");

  private ProbeAgent() {}

  /** Writes a line for each class: those that are changed by the agent, and those of the agent. */
  public static void agentmain(String file, Instrumentation instrumentation) throws Exception {
    System.gc();
    Set<String> lines = new TreeSet<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      ClassLoader loader = type.getClassLoader();
      if (WATCHED.contains(type.getName())) {
        lines.add(type.getName() + " " + digest(type, instrumentation));
      } else if (loader != null && String.valueOf(loader.getName()).startsWith("httptrace")) {
        lines.add("of the agent: " + type.getName());
      }
    }
    Files.write(Path.of(file), lines);
  }

  private static String digest(Class<?> type, Instrumentation instrumentation) throws Exception {
    List<byte[]> seen = new ArrayList<>();
    ClassFileTransformer looks =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> redefined,
              ProtectionDomain domain,
              byte[] bytes) {
            // A class that is loaded meanwhile is said to be the one that is changed.
            if (redefined == type && type.getName().replace('.', '/').equals(name)) {
              seen.add(bytes);
            }
            return null;
          }
        };
    instrumentation.addTransformer(looks, true);
    try {
      instrumentation.retransformClasses(type);
    } finally {
      instrumentation.removeTransformer(looks);
    }
    // A JVM numbers the constants of a class anew each time it is changed.
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(seen.get(0)).accept(writer, 0);
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(writer.toByteArray()));
  }
}
