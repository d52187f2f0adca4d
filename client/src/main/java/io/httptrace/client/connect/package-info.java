/** Making connections: lookup, dual-stack dialling, TLS. */
@NullMarked
package io.httptrace.client.connect;

import org.jspecify.annotations.NullMarked;
