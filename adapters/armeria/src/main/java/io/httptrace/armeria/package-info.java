/**
 * The hooks of {@link io.httptrace.ClientTrace} for Armeria's client, from version 1.35 on: {@link
 * io.httptrace.armeria.ArmeriaTracing}.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}.
 */
@NullMarked
package io.httptrace.armeria;

import org.jspecify.annotations.NullMarked;
