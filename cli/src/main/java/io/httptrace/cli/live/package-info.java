/** The line that says how far a request is, and the phases of requests that are followed. */
@NullMarked
package io.httptrace.cli.live;

import org.jspecify.annotations.NullMarked;
