/**
 * The hooks of {@link io.httptrace.ClientTrace} for OkHttp, from version 5.4 on: {@link
 * io.httptrace.okhttp.OkHttpTracing}.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}.
 */
@NullMarked
package io.httptrace.okhttp;

import org.jspecify.annotations.NullMarked;
