/** The command line: what it may contain, and what it asks for. */
@NullMarked
package io.httptrace.cli.options;

import org.jspecify.annotations.NullMarked;
