package io.httptrace.jdk;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.HashSet;
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

  /** Why a class is as it was. */
  private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

  Weaver(List<HookPoint> points) {
    this.points = points.stream().collect(Collectors.groupingBy(HookPoint::ownerPath));
  }

  /** {@return why no call was put into a place; null if it was} */
  @Nullable String lack(HookPoint point) {
    if (woven.contains(point)) {
      return null;
    }
    String jdk = "JDK " + Runtime.version();
    Throwable failure = failures.get(point.ownerPath());
    return failure == null
        ? jdk + " has no method " + point
        : point.owner() + " of " + jdk + " cannot be changed: " + failure;
  }

  /** The JVM has not accepted a class: it is as it was. */
  void refused(Class<?> target, Throwable failure) {
    failed(target.getName().replace('.', '/'), failure);
  }

  private void failed(String path, Throwable failure) {
    woven.removeIf(point -> point.ownerPath().equals(path));
    failures.put(path, failure);
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
      byte[] changed = weave(of, bytes);
      failures.remove(name);
      return changed;
    } catch (Throwable thrown) {
      failed(name, thrown); // The class stays as it is; what it lacks is said later.
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
    Set<HookPoint> found = new HashSet<>();
    reader.accept(new Methods(writer, of, found), 0);
    byte[] result = writer.toByteArray();
    setMajor(result, major);
    woven.addAll(found);
    return result;
  }

  private static void setMajor(byte[] bytes, int major) {
    bytes[MAJOR_AT] = (byte) (major >> 8);
    bytes[MAJOR_AT + 1] = (byte) major;
  }

  private static final class Methods extends ClassVisitor {
    private final List<HookPoint> points;
    private final Set<HookPoint> found;

    Methods(ClassVisitor next, List<HookPoint> points, Set<HookPoint> found) {
      super(Opcodes.ASM9, next);
      this.points = points;
      this.found = found;
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
          found.add(point);
        }
      }
      return method;
    }
  }
}
