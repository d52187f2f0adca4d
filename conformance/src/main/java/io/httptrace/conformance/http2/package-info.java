/** HTTP/2 servers for tests: frame by frame, or complete (RFC 9113, RFC 7541). */
@NullMarked
package io.httptrace.conformance.http2;

import org.jspecify.annotations.NullMarked;
