/** Leaf helpers: clock, the loops of connections and who drives them, names of handlers. */
@NullMarked
package io.httptrace.client.netty;

import org.jspecify.annotations.NullMarked;
