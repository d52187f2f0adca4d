package io.httptrace.jdk;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Another agent, which looks at a class, or puts a mark into it. */
final class ClassBytes implements ClassFileTransformer, AutoCloseable {
  private final Class<?> type;
  private final String mark;
  private final Instrumentation instrumentation;
  private byte[] seen = {};

  private ClassBytes(Class<?> type, String mark, Instrumentation instrumentation) {
    this.type = type;
    this.mark = mark;
    this.instrumentation = instrumentation;
  }

  /** {@return the bytes of a class as the JVM has them} */
  static byte[] of(Class<?> type, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    ClassBytes looks = new ClassBytes(type, "", instrumentation);
    instrumentation.addTransformer(looks, true);
    try {
      instrumentation.retransformClasses(type);
    } finally {
      instrumentation.removeTransformer(looks);
    }
    return looks.seen;
  }

  /** {@return an agent that has put a mark into a class; closing it takes the mark out} */
  static ClassBytes marking(Class<?> type, String mark, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    ClassBytes marks = new ClassBytes(type, mark, instrumentation);
    instrumentation.addTransformer(marks, true);
    instrumentation.retransformClasses(type);
    return marks;
  }

  /** {@return the name of the source that the class says it has, with the marks} */
  String source() throws UnmodifiableClassException {
    String[] found = {""};
    new ClassReader(of(type, instrumentation))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public void visitSource(String source, String debug) {
                found[0] = source;
              }
            },
            ClassReader.SKIP_CODE);
    return found[0];
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
    if (redefined != type) {
      return null;
    }
    seen = bytes;
    if (mark.isEmpty()) {
      return null;
    }
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visitSource(String source, String debug) {
                super.visitSource(mark + " " + source, debug);
              }
            },
            0);
    return writer.toByteArray();
  }

  @Override
  public void close() throws UnmodifiableClassException {
    instrumentation.removeTransformer(this);
    instrumentation.retransformClasses(type);
  }
}
