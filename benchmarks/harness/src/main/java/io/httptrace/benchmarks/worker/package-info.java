/** The process of one client: puts a load on it and measures what that takes. */
@NullMarked
package io.httptrace.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
