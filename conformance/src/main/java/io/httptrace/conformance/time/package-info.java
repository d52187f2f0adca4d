/** Waiting in tests: gates, limits, and a clock that is set by hand. */
@NullMarked
package io.httptrace.conformance.time;

import org.jspecify.annotations.NullMarked;
