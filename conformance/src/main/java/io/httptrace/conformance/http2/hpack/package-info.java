/** The compression of header fields (RFC 7541), strict about what the client sends. */
@NullMarked
package io.httptrace.conformance.http2.hpack;

import org.jspecify.annotations.NullMarked;
