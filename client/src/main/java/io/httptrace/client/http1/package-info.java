/** HTTP/1.1 on one connection. Bytes only: no hook is fired here. */
@NullMarked
package io.httptrace.client.http1;

import org.jspecify.annotations.NullMarked;
