/**
 * Hooks that report what happens inside an HTTP client request: Go's {@code net/http/httptrace} for
 * the JVM.
 *
 * <p>{@link io.httptrace.ClientTrace} has the hooks, {@link io.httptrace.TraceContext} carries a
 * trace to the client, and the {@code …Info} types are the arguments of the hooks.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}. A value that may be absent is returned as null, and marked
 * {@code Nullable}, or as an {@code OptionalInt} or {@code OptionalLong} if it is a number; there
 * is no {@code Optional} of objects. All types are safe for use by several threads.
 */
@NullMarked
package io.httptrace;

import org.jspecify.annotations.NullMarked;
