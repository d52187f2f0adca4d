/** The server of the measurements: does as little as a server can. */
@NullMarked
package io.httptrace.benchmarks.server;

import org.jspecify.annotations.NullMarked;
