/** Leaf helpers: clock, event loops, names of handlers. */
@NullMarked
package io.httptrace.client.netty;

import org.jspecify.annotations.NullMarked;
