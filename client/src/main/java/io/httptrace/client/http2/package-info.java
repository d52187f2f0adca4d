/** HTTP/2: several exchanges at a time on one connection. Bytes only: no hook is fired here. */
@NullMarked
package io.httptrace.client.http2;

import org.jspecify.annotations.NullMarked;
