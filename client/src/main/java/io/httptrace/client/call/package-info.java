/** A call: one request of a caller, with all its attempts. */
@NullMarked
package io.httptrace.client.call;

import org.jspecify.annotations.NullMarked;
