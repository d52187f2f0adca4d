/**
 * The interface to a client under test: {@link io.httptrace.conformance.ClientUnderTest} opens it,
 * sends requests, and says what it cannot do.
 */
@NullMarked
package io.httptrace.conformance;

import org.jspecify.annotations.NullMarked;
