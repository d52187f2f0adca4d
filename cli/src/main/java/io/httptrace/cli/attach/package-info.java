/** Finds a JVM that runs, loads the agent into it, and hears what the agent tells. */
@NullMarked
package io.httptrace.cli.attach;

import org.jspecify.annotations.NullMarked;
