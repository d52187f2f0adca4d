/** Hooks for tests that are no scenarios. */
@NullMarked
package io.httptrace.conformance.hooks;

import org.jspecify.annotations.NullMarked;
