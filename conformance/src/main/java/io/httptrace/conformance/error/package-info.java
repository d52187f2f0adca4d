/** What a test expects of an error, whichever type a client throws, and errors to be thrown. */
@NullMarked
package io.httptrace.conformance.error;

import org.jspecify.annotations.NullMarked;
