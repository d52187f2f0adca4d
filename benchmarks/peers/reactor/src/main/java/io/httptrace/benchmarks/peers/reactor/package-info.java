/** Reactor Netty. */
@NullMarked
package io.httptrace.benchmarks.peers.reactor;

import org.jspecify.annotations.NullMarked;
