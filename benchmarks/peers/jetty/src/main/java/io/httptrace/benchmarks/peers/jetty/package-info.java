/** Jetty HttpClient. */
@NullMarked
package io.httptrace.benchmarks.peers.jetty;

import org.jspecify.annotations.NullMarked;
