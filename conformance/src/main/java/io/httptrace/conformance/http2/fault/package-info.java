/** Servers that violate RFC 9113 or RFC 7541, which a client must survive. */
@NullMarked
package io.httptrace.conformance.http2.fault;

import org.jspecify.annotations.NullMarked;
