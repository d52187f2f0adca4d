package io.httptrace.client;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

/** Virtual threads, where the JDK has such (from 21 on); else the threads there are. */
final class VirtualCallers {
  private VirtualCallers() {}

  /** {@return whether the JDK has them} */
  static boolean exist() {
    return Runtime.version().feature() >= 21;
  }

  /** {@return a factory of virtual threads if there are such} */
  static ThreadFactory factory() {
    if (!exist()) {
      return Thread::new;
    }
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
      return (ThreadFactory) factory.invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no virtual threads", e);
    }
  }

  /** {@return a thread that is not started} */
  static Thread thread(Runnable task) {
    return factory().newThread(task);
  }
}
