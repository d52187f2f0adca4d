/** Servers that do, byte for byte, what a script says. */
@NullMarked
package io.httptrace.conformance.server;

import org.jspecify.annotations.NullMarked;
