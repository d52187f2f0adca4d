/** What needs nothing but the JDK. */
@NullMarked
package io.httptrace.benchmarks.peers.plain;

import org.jspecify.annotations.NullMarked;
