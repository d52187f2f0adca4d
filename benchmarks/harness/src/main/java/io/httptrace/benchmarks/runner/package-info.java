/** Starts a server, and for each measurement a process; keeps what came out. */
@NullMarked
package io.httptrace.benchmarks.runner;

import org.jspecify.annotations.NullMarked;
