/** Recordings of the reference implementation, and the check of a run against one. */
@NullMarked
package io.httptrace.conformance.golden;

import org.jspecify.annotations.NullMarked;
