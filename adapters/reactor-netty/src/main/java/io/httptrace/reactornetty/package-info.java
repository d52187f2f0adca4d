/**
 * The hooks of {@link io.httptrace.ClientTrace} for Reactor Netty, from version 1.2 on, and for
 * what is built on it, such as Spring's WebClient: {@link
 * io.httptrace.reactornetty.ReactorNettyTracing}.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}.
 */
@NullMarked
package io.httptrace.reactornetty;

import org.jspecify.annotations.NullMarked;
