/** Requests that fail, end to end, and the timelines of them. */
@NullMarked
package io.httptrace.client.failures;

import org.jspecify.annotations.NullMarked;
