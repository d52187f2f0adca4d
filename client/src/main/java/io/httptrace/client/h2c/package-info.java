/**
 * HTTP/2 by {@code Upgrade: h2c} on a connection that begins in HTTP/1.1 (RFC 7540, section 3.2).
 */
@NullMarked
package io.httptrace.client.h2c;

import org.jspecify.annotations.NullMarked;
