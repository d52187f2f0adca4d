package io.httptrace.attach;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The way from OkHttp, which cannot see the agent, to the agent: a class beside OkHttp's call, with
 * a field for a function of the JDK's type, and a method that calls it. A class cannot be taken out
 * of a class loader again; without a function it does nothing, and refers to nothing of ours.
 */
final class OkHttpBridges {
  private static final String PACKAGE = "okhttp3.internal.connection";
  private static final String NAME = PACKAGE + ".HttpTraceBridge";
  static final String PATH = NAME.replace('.', '/');
  static final String METHOD = "traced";
  static final String DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";

  private static final String FIELD = "function";
  private static final String FUNCTION = "java/util/function/Function";
  private static final String FIELD_DESCRIPTOR = "L" + FUNCTION + ";";

  private final Instrumentation instrumentation;
  private final MethodHandle findLoadedClass;
  private final MethodHandle defineClass;

  private OkHttpBridges(Instrumentation instrumentation, MethodHandles.Lookup loaders)
      throws ReflectiveOperationException {
    this.instrumentation = instrumentation;
    this.findLoadedClass =
        loaders.findVirtual(
            ClassLoader.class, "findLoadedClass", MethodType.methodType(Class.class, String.class));
    this.defineClass =
        loaders.findVirtual(
            ClassLoader.class,
            "defineClass",
            MethodType.methodType(
                Class.class,
                String.class,
                byte[].class,
                int.class,
                int.class,
                ProtectionDomain.class));
  }

  /**
   * {@return what makes bridges}
   *
   * @param instrumentation lets us define classes in the class loaders of others
   * @throws ReflectiveOperationException if this JDK does not
   */
  static OkHttpBridges of(Instrumentation instrumentation) throws ReflectiveOperationException {
    open(instrumentation, ClassLoader.class.getModule(), "java.lang");
    return new OkHttpBridges(
        instrumentation, MethodHandles.privateLookupIn(ClassLoader.class, MethodHandles.lookup()));
  }

  private static void open(Instrumentation instrumentation, Module module, String packageName) {
    if (module.isNamed()) {
      Set<Module> us = Set.of(OkHttpBridges.class.getModule());
      instrumentation.redefineModule(
          module, Set.of(), Map.of(), Map.of(packageName, us), Set.of(), Map.of());
    }
  }

  /**
   * {@return the bridge of a class loader, made if there is none yet}
   *
   * @param loader the class loader that has OkHttp
   * @param domain that of OkHttp
   * @throws Throwable if the class loader does not take it
   */
  Class<?> in(ClassLoader loader, @Nullable ProtectionDomain domain) throws Throwable {
    Class<?> known = (Class<?>) findLoadedClass.invokeExact(loader, NAME);
    if (known != null) {
      return known;
    }
    byte[] bytes = bytes();
    return (Class<?>) defineClass.invokeExact(loader, NAME, bytes, 0, bytes.length, domain);
  }

  /** Sets the function that gets each client, and returns the one to use. */
  void set(Class<?> bridge, Function<Object, Object> function) throws ReflectiveOperationException {
    open(instrumentation, bridge.getModule(), PACKAGE);
    Field field = bridge.getField(FIELD);
    field.setAccessible(true);
    field.set(null, function);
  }

  /** Takes the function away again. */
  void clear(Class<?> bridge) {
    try {
      set(bridge, Function.identity());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V1_8,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        PATH,
        null,
        "java/lang/Object",
        null);
    int modifiers = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    writer
        .visitField(modifiers | Opcodes.ACC_VOLATILE, FIELD, FIELD_DESCRIPTOR, null, null)
        .visitEnd();

    MethodVisitor statics = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    statics.visitCode();
    statics.visitMethodInsn(
        Opcodes.INVOKESTATIC, FUNCTION, "identity", "()" + FIELD_DESCRIPTOR, true);
    statics.visitFieldInsn(Opcodes.PUTSTATIC, PATH, FIELD, FIELD_DESCRIPTOR);
    statics.visitInsn(Opcodes.RETURN);
    statics.visitMaxs(0, 0);
    statics.visitEnd();

    MethodVisitor traced = writer.visitMethod(modifiers, METHOD, DESCRIPTOR, null, null);
    traced.visitCode();
    traced.visitFieldInsn(Opcodes.GETSTATIC, PATH, FIELD, FIELD_DESCRIPTOR);
    traced.visitVarInsn(Opcodes.ALOAD, 0);
    traced.visitMethodInsn(Opcodes.INVOKEINTERFACE, FUNCTION, "apply", DESCRIPTOR, true);
    traced.visitInsn(Opcodes.ARETURN);
    traced.visitMaxs(0, 0);
    traced.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
