/** Finds leaks of tests: threads, connections, buffers; and uncaught exceptions. */
@NullMarked
package io.httptrace.conformance.leak;

import org.jspecify.annotations.NullMarked;
