/**
 * The hooks of {@link io.httptrace.ClientTrace} for Apache HttpClient, from version 5.5 on: {@link
 * io.httptrace.apache.ApacheTracing}.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}.
 */
@NullMarked
package io.httptrace.apache;

import org.jspecify.annotations.NullMarked;
