/** The command: its options, the request it makes, and the ways it shows what happened. */
@NullMarked
package io.httptrace.cli;

import org.jspecify.annotations.NullMarked;
