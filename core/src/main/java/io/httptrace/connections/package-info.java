/**
 * The connections of a client, apart from its requests: {@link
 * io.httptrace.connections.ConnectionListener} is told when one opens and closes, {@link
 * io.httptrace.connections.PoolSnapshot} has those there are.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}. All types are immutable, but for listeners.
 */
@NullMarked
package io.httptrace.connections;

import org.jspecify.annotations.NullMarked;
