/** A call: one request of a caller, with all its round trips. */
@NullMarked
package io.httptrace.client.call;

import org.jspecify.annotations.NullMarked;
