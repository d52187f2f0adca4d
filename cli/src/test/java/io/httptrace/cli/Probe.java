package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Looks at the classes and threads of a {@link WatchedApplication}, by another agent.
 *
 * @param application the application
 * @param directory an empty one
 */
record Probe(OtherProcess application, Path directory) {

  /** How the classes of the application are. */
  List<String> classes() throws Exception {
    Path jar = directory.resolve("probe.jar");
    if (!Files.exists(jar)) {
      writeJar(jar);
    }
    Path seen = directory.resolve("seen");
    VirtualMachine machine = VirtualMachine.attach(application.pid());
    try {
      machine.loadAgent(jar.toString(), seen.toString());
    } finally {
      machine.detach();
    }
    return Files.readAllLines(seen);
  }

  /** The class is on the application's class path already. */
  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", ProbeAgent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  /** The classes are as they were, those of the agent are gone, and so are its threads. */
  void awaitClasses(List<String> before) throws Exception {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    List<String> now = new ArrayList<>();
    while (!now.equals(before) || !application.ask("threads").equals("[]")) {
      assertThat(System.nanoTime() - end).as("%s, not %s", now, before).isNegative();
      now = classes();
    }
  }
}
