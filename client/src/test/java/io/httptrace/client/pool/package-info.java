/** The pool, without connections. */
@NullMarked
package io.httptrace.client.pool;

import org.jspecify.annotations.NullMarked;
