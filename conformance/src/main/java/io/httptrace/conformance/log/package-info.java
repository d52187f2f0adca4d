/** The log of all events of a run, and assertions on it. */
@NullMarked
package io.httptrace.conformance.log;

import org.jspecify.annotations.NullMarked;
