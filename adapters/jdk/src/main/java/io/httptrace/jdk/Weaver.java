package io.httptrace.jdk;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts calls of the {@link Bridge} into the methods of the JDK's client. A call is a few
 * instructions without a branch: nothing else of a class changes.
 */
final class Weaver implements ClassFileTransformer {
  /**
   * The newest class file version that is read as it is; of a newer one only the number differs.
   */
  private static final int NEWEST_MAJOR = Opcodes.V25;

  private static final int MAJOR_AT = 6;

  private final Map<String, List<HookPoint>> points;
  private final Set<HookPoint> woven = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Throwable failure;

  Weaver(List<HookPoint> points) {
    this.points = points.stream().collect(Collectors.groupingBy(HookPoint::ownerPath));
  }

  /** {@return the places that calls were put into} */
  Set<HookPoint> woven() {
    return woven;
  }

  /** The JVM has not accepted a class: it is as it was. */
  void refused(Class<?> target) {
    woven.removeIf(point -> point.ownerPath().equals(target.getName().replace('.', '/')));
  }

  /** {@return why a class could not be changed, or null} */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    List<HookPoint> of = points.get(name);
    if (of == null || redefined == null) {
      return null;
    }
    try {
      return weave(of, bytes);
    } catch (Throwable thrown) {
      failure = thrown; // The class stays as it is; what it lacks is said later.
      return null;
    }
  }

  private byte[] weave(List<HookPoint> of, byte[] bytes) {
    int major = bytes[MAJOR_AT] << 8 | (bytes[MAJOR_AT + 1] & 0xff);
    byte[] readable = bytes;
    if (major > NEWEST_MAJOR) {
      readable = bytes.clone();
      setMajor(readable, NEWEST_MAJOR);
    }
    ClassReader reader = new ClassReader(readable);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Methods(writer, of, woven), 0);
    byte[] result = writer.toByteArray();
    setMajor(result, major);
    return result;
  }

  private static void setMajor(byte[] bytes, int major) {
    bytes[MAJOR_AT] = (byte) (major >> 8);
    bytes[MAJOR_AT + 1] = (byte) major;
  }

  private static final class Methods extends ClassVisitor {
    private final List<HookPoint> points;
    private final Set<HookPoint> woven;

    Methods(ClassVisitor next, List<HookPoint> points, Set<HookPoint> woven) {
      super(Opcodes.ASM9, next);
      this.points = points;
      this.woven = woven;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      boolean hasCode = (access & (Opcodes.ACC_BRIDGE | Opcodes.ACC_ABSTRACT)) == 0;
      for (HookPoint point : points) {
        if (hasCode
            && point.method().equals(name)
            && descriptor.startsWith(point.descriptor())
            && PointWeaver.fits(point, access, descriptor)) {
          method = new PointWeaver(method, point, descriptor);
          woven.add(point);
        }
      }
      return method;
    }
  }
}
