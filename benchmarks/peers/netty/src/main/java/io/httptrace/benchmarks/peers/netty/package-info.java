/** A client of bare Netty: the limit for clients built on it. */
@NullMarked
package io.httptrace.benchmarks.peers.netty;

import org.jspecify.annotations.NullMarked;
