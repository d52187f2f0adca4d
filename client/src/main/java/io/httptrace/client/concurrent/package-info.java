/** Who runs what: strands, turns, timers, and the threads of a client. It knows nothing of HTTP. */
@NullMarked
package io.httptrace.client.concurrent;

import org.jspecify.annotations.NullMarked;
