/**
 * What an adapter is made of: a module that calls the hooks of {@link io.httptrace.ClientTrace} for
 * an HTTP client that has callbacks of its own. Applications do not need this package.
 *
 * <p>An adapter has one {@link io.httptrace.adapter.ClientTraces} for each client that it is
 * installed in. For each call it asks for the {@link io.httptrace.adapter.CallHooks}, and calls
 * hooks by nothing else; they are null for a call that nobody listens to, which then costs nothing:
 *
 * <pre>{@code
 * CallHooks hooks = traces.hooks(request, request.tag(), TraceContext.current().clientTrace());
 * if (hooks != null) {
 *   hooks.fire(Hook.GET_CONN, System.nanoTime(), 1, 0, trace -> trace.getConn(hostPort));
 * }
 * }</pre>
 *
 * <p>{@link io.httptrace.adapter.KnownConnections}, {@link io.httptrace.adapter.TlsStates} and
 * {@link io.httptrace.adapter.HostPort} make the arguments of hooks for clients that do not tell
 * them.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}. All types are safe for use by several threads, and none
 * starts a thread or calls a hook with a lock held.
 */
@NullMarked
package io.httptrace.adapter;

import org.jspecify.annotations.NullMarked;
