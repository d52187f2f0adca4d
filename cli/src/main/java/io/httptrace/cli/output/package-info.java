/** What the command writes for programs. */
@NullMarked
package io.httptrace.cli.output;

import org.jspecify.annotations.NullMarked;
