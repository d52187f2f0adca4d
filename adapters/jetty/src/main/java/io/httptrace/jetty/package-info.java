/**
 * The hooks of {@link io.httptrace.ClientTrace} for Jetty's {@code HttpClient}, from version 12.1
 * on: {@link io.httptrace.jetty.JettyTracing}.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}.
 */
@NullMarked
package io.httptrace.jetty;

import org.jspecify.annotations.NullMarked;
