/** Netty for this client: connections driven by those who wait for them, and what guards them. */
@NullMarked
package io.httptrace.client.netty;

import org.jspecify.annotations.NullMarked;
