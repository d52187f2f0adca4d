/** Calls that are told hook by hook, for tests of what shows or exports a timeline. */
@NullMarked
package io.httptrace.conformance.timelines;

import org.jspecify.annotations.NullMarked;
