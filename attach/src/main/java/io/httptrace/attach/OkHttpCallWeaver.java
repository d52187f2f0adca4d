package io.httptrace.attach;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts four instructions to the start of the constructor of OkHttp's call: its first argument, the
 * client, is passed to {@link OkHttpBridges} and replaced by what that returns.
 */
final class OkHttpCallWeaver extends ClassVisitor {
  private static final String CLIENT = "okhttp3/OkHttpClient";
  private static final int FIRST_ARGUMENT = 1;

  private boolean found;

  private OkHttpCallWeaver(ClassWriter writer) {
    super(Opcodes.ASM9, writer);
  }

  /**
   * {@return the changed class}
   *
   * @param bytes the class as it is
   * @throws IllegalStateException if it has no such constructor
   */
  static byte[] weave(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    OkHttpCallWeaver weaver = new OkHttpCallWeaver(writer);
    reader.accept(weaver, 0);
    if (!weaver.found) {
      throw new IllegalStateException("its calls are not made of a client");
    }
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (!name.equals("<init>") || !descriptor.startsWith("(L" + CLIENT + ";")) {
      return method;
    }
    found = true;
    return new MethodVisitor(Opcodes.ASM9, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        super.visitVarInsn(Opcodes.ALOAD, FIRST_ARGUMENT);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            OkHttpBridges.PATH,
            OkHttpBridges.METHOD,
            OkHttpBridges.DESCRIPTOR,
            false);
        super.visitTypeInsn(Opcodes.CHECKCAST, CLIENT);
        super.visitVarInsn(Opcodes.ASTORE, FIRST_ARGUMENT);
      }
    };
  }
}
