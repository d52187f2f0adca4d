/** The pool of connections, by the rules of Go. */
@NullMarked
package io.httptrace.client.pool;

import org.jspecify.annotations.NullMarked;
