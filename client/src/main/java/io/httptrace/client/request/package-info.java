/** A request as it will be sent: its fields, its origin, and what each round trip changes. */
@NullMarked
package io.httptrace.client.request;

import org.jspecify.annotations.NullMarked;
