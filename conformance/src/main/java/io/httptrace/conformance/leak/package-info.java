/** What a test must not leave behind: threads, connections, buffers, uncaught exceptions. */
@NullMarked
package io.httptrace.conformance.leak;

import org.jspecify.annotations.NullMarked;
