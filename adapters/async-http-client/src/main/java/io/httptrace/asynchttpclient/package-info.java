/**
 * The hooks of {@link io.httptrace.ClientTrace} for AsyncHttpClient, from version 3.0 on: {@link
 * io.httptrace.asynchttpclient.AsyncHttpClientTracing}.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}.
 */
@NullMarked
package io.httptrace.asynchttpclient;

import org.jspecify.annotations.NullMarked;
