/** What {@code -w} prints after a request. */
@NullMarked
package io.httptrace.cli.writeout;

import org.jspecify.annotations.NullMarked;
