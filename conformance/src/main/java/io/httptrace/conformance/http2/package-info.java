/** HTTP/2 as a server of a test speaks it: frame by frame, or by itself (RFC 9113, RFC 7541). */
@NullMarked
package io.httptrace.conformance.http2;

import org.jspecify.annotations.NullMarked;
