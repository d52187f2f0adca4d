/** A comparison of HTTP clients in whole processes, and measurements of what the hooks cost. */
@NullMarked
package io.httptrace.benchmarks;

import org.jspecify.annotations.NullMarked;
