package io.httptrace.benchmarks.runner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The class path of each module: its classes, and what the build wrote down of what it needs.
 *
 * @param home the folder of the benchmarks
 */
record ClassPaths(Path home) {
  String of(String module) throws IOException {
    Path target = home.resolve(module).resolve("target");
    String needed = Files.readString(target.resolve("classpath")).strip();
    String classes = target.resolve("classes").toString();
    return needed.isEmpty() ? classes : classes + File.pathSeparator + needed;
  }
}
