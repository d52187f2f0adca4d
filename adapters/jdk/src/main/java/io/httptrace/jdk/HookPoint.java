package io.httptrace.jdk;

import io.httptrace.Hook;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in the JDK's client where something is told.
 *
 * @param event what is told
 * @param owner the class, in {@code jdk.internal.net.http}
 * @param method the method
 * @param descriptor how its descriptor begins; the first method that matches is taken
 * @param place where in the method
 * @param subject the local variable that says whose event it is
 * @param value the local variable that is passed too, or -1; not used for a result
 * @param hooks which hooks cannot be called without this place
 */
record HookPoint(
    Event event,
    String owner,
    String method,
    String descriptor,
    Place place,
    int subject,
    int value,
    Set<Hook> hooks) {

  /** Where in a method. */
  enum Place {
    /** At the start. */
    ENTER,
    /** At the start of a constructor; the variable {@link HookPoint#value} is replaced. */
    ARGUMENT,
    /** Before the method returns. */
    EXIT,
    /** Before the method returns; what it returns is replaced. */
    RESULT
  }

  /** {@return the full name of the class, with slashes} */
  String ownerPath() {
    return Bridge.PACKAGE.replace('.', '/') + "/" + owner;
  }

  /** By identity. The JDK keeps the class of a record whose hash it computes, and so its loader. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return owner + "." + method;
  }
}
