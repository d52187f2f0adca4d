/** Connections on which a server breaks RFC 9113 or RFC 7541, for clients to survive. */
@NullMarked
package io.httptrace.conformance.http2.fault;

import org.jspecify.annotations.NullMarked;
