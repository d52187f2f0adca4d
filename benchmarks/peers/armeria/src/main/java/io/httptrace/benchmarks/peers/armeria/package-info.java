/** Armeria. */
@NullMarked
package io.httptrace.benchmarks.peers.armeria;

import org.jspecify.annotations.NullMarked;
