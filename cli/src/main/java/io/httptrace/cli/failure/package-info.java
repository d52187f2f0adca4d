/** Why the command fails, and its exit codes. */
@NullMarked
package io.httptrace.cli.failure;

import org.jspecify.annotations.NullMarked;
