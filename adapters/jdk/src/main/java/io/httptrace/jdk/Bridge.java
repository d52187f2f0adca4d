package io.httptrace.jdk;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class in the package of the JDK's client, with one function for each {@link Event}, which the
 * methods of the client call. It is defined by a lookup, so that nothing has to be on the boot
 * class path. It has no reference to a class of ours, but for the functions while they are set:
 * when they are not, each field has an object of the class itself, which returns its second
 * argument.
 */
final class Bridge {
  /** Is called for an event; what it returns may take the place of the second argument. */
  @FunctionalInterface
  interface Function extends BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> {}

  static final String PACKAGE = "jdk.internal.net.http";
  static final String FUNCTION_PATH = "java/util/function/BiFunction";
  static final String APPLY = "apply";
  static final String APPLY_DESCRIPTOR = "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";
  static final String FIELD_DESCRIPTOR = "L" + FUNCTION_PATH + ";";

  private static final String NAME = PACKAGE + ".HttpTraceBridge";
  static final String PATH = NAME.replace('.', '/');

  private final Class<?> type;
  private final BiFunction<?, ?, ?> identity;

  private Bridge(Class<?> type) throws ReflectiveOperationException {
    this.type = type;
    Field field = type.getField("IDENTITY");
    this.identity = (BiFunction<?, ?, ?>) field.get(null);
  }

  /** {@return the bridge of this JVM, made if there is none yet} */
  static Bridge of(Class<?> inPackage) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(inPackage, MethodHandles.lookup());
    Class<?> type;
    try {
      type = lookup.findClass(NAME);
    } catch (ClassNotFoundException none) {
      type = lookup.defineClass(bytes());
    }
    return new Bridge(type);
  }

  static String field(Event event) {
    return event.name();
  }

  /**
   * Takes the bridge, if nobody has it.
   *
   * @param functions for some of the events
   * @return whether it is ours now; another copy of this class may have it
   */
  boolean take(Map<Event, Function> functions) throws ReflectiveOperationException {
    synchronized (type) {
      if (!isFree()) {
        return false;
      }
      for (Map.Entry<Event, Function> each : functions.entrySet()) {
        set(each.getKey(), each.getValue());
      }
      return true;
    }
  }

  private boolean isFree() throws ReflectiveOperationException {
    for (Event event : Event.values()) {
      if (type.getField(field(event)).get(null) != identity) {
        return false;
      }
    }
    return true;
  }

  void set(Event event, Function function) throws ReflectiveOperationException {
    type.getField(field(event)).set(null, function);
  }

  /** Gives the bridge back. */
  void clear() throws ReflectiveOperationException {
    for (Event event : Event.values()) {
      type.getField(field(event)).set(null, identity);
    }
  }

  private static byte[] bytes() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
        PATH,
        null,
        "java/lang/Object",
        new String[] {FUNCTION_PATH});
    int modifiers = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    writer.visitField(modifiers, "IDENTITY", FIELD_DESCRIPTOR, null, null).visitEnd();
    for (Event event : Event.values()) {
      writer
          .visitField(modifiers | Opcodes.ACC_VOLATILE, field(event), FIELD_DESCRIPTOR, null, null)
          .visitEnd();
    }

    MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
    constructor.visitCode();
    constructor.visitVarInsn(Opcodes.ALOAD, 0);
    constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    constructor.visitInsn(Opcodes.RETURN);
    constructor.visitMaxs(0, 0);
    constructor.visitEnd();

    MethodVisitor apply =
        writer.visitMethod(Opcodes.ACC_PUBLIC, APPLY, APPLY_DESCRIPTOR, null, null);
    apply.visitCode();
    apply.visitVarInsn(Opcodes.ALOAD, 2);
    apply.visitInsn(Opcodes.ARETURN);
    apply.visitMaxs(0, 0);
    apply.visitEnd();

    MethodVisitor statics = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    statics.visitCode();
    statics.visitTypeInsn(Opcodes.NEW, PATH);
    statics.visitInsn(Opcodes.DUP);
    statics.visitMethodInsn(Opcodes.INVOKESPECIAL, PATH, "<init>", "()V", false);
    statics.visitFieldInsn(Opcodes.PUTSTATIC, PATH, "IDENTITY", FIELD_DESCRIPTOR);
    for (Event event : Event.values()) {
      statics.visitFieldInsn(Opcodes.GETSTATIC, PATH, "IDENTITY", FIELD_DESCRIPTOR);
      statics.visitFieldInsn(Opcodes.PUTSTATIC, PATH, field(event), FIELD_DESCRIPTOR);
    }
    statics.visitInsn(Opcodes.RETURN);
    statics.visitMaxs(0, 0);
    statics.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
