/** The errors of a request that say which step failed and how. */
@NullMarked
package io.httptrace.client.errors;

import org.jspecify.annotations.NullMarked;
