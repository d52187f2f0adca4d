/** Hooks for tests that are no scenarios: their names, and hooks that throw or block. */
@NullMarked
package io.httptrace.conformance.hooks;

import org.jspecify.annotations.NullMarked;
