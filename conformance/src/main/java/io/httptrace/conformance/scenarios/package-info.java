/** The scenarios by theme, and what runs them. */
@NullMarked
package io.httptrace.conformance.scenarios;

import org.jspecify.annotations.NullMarked;
