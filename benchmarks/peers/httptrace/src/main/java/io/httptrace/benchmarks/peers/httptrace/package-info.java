/** This client. */
@NullMarked
package io.httptrace.benchmarks.peers.httptrace;

import org.jspecify.annotations.NullMarked;
