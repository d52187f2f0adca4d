package io.httptrace.jdk;

import io.httptrace.jdk.HookPoint.Place;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Puts the calls for one {@link HookPoint} into its method. */
final class PointWeaver extends MethodVisitor {
  private final HookPoint point;
  private final String descriptor;

  PointWeaver(MethodVisitor next, HookPoint point, String descriptor) {
    super(Opcodes.ASM9, next);
    this.point = point;
    this.descriptor = descriptor;
  }

  /** {@return whether a method has the variables that the point names, as objects} */
  static boolean fits(HookPoint point, int access, String descriptor) {
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    boolean result = Type.getReturnType(descriptor).getSort() == Type.OBJECT;
    return hasObject(point.subject(), isStatic, descriptor)
        && (point.value() < 0 || hasObject(point.value(), isStatic, descriptor))
        && (point.place() != Place.RESULT || result);
  }

  private static boolean hasObject(int variable, boolean isStatic, String descriptor) {
    int at = 0;
    if (!isStatic) {
      if (variable == 0) {
        return true;
      }
      at = 1;
    }
    for (Type type : Type.getArgumentTypes(descriptor)) {
      if (at == variable) {
        return type.getSort() == Type.OBJECT;
      }
      at += type.getSize();
    }
    return false;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (point.place() == Place.ENTER) {
      call();
      super.visitInsn(Opcodes.POP);
    } else if (point.place() == Place.ARGUMENT) {
      function();
      super.visitInsn(Opcodes.ACONST_NULL);
      super.visitVarInsn(Opcodes.ALOAD, point.value());
      apply();
      Type type = Type.getArgumentTypes(descriptor)[point.value() - 1];
      super.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
      super.visitVarInsn(Opcodes.ASTORE, point.value());
    }
  }

  @Override
  public void visitInsn(int opcode) {
    boolean returns = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    if (returns && point.place() == Place.EXIT) {
      call();
      super.visitInsn(Opcodes.POP);
    } else if (opcode == Opcodes.ARETURN && point.place() == Place.RESULT) {
      function();
      super.visitInsn(Opcodes.SWAP);
      super.visitVarInsn(Opcodes.ALOAD, point.subject());
      super.visitInsn(Opcodes.SWAP);
      apply();
      super.visitTypeInsn(Opcodes.CHECKCAST, Type.getReturnType(descriptor).getInternalName());
    }
    super.visitInsn(opcode);
  }

  private void call() {
    function();
    super.visitVarInsn(Opcodes.ALOAD, point.subject());
    if (point.value() < 0) {
      super.visitInsn(Opcodes.ACONST_NULL);
    } else {
      super.visitVarInsn(Opcodes.ALOAD, point.value());
    }
    apply();
  }

  private void function() {
    super.visitFieldInsn(
        Opcodes.GETSTATIC, Bridge.PATH, Bridge.field(point.event()), Bridge.FIELD_DESCRIPTOR);
  }

  private void apply() {
    super.visitMethodInsn(
        Opcodes.INVOKEINTERFACE, Bridge.FUNCTION_PATH, Bridge.APPLY, Bridge.APPLY_DESCRIPTOR, true);
  }
}
