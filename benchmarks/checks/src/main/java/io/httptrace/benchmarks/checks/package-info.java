/** What the hooks cost, when they run, and what a connection takes. */
@NullMarked
package io.httptrace.benchmarks.checks;

import org.jspecify.annotations.NullMarked;
