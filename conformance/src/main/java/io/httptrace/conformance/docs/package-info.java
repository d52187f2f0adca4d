/**
 * Checks of documents: that the code in them is compiled, and that the output in them is printed.
 */
@NullMarked
package io.httptrace.conformance.docs;

import org.jspecify.annotations.NullMarked;
