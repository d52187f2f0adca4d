/** Words for errors, whichever types a client throws, and errors that scenarios throw. */
@NullMarked
package io.httptrace.conformance.error;

import org.jspecify.annotations.NullMarked;
