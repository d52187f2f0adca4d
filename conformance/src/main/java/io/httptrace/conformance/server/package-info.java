/** Servers that follow a script byte for byte. */
@NullMarked
package io.httptrace.conformance.server;

import org.jspecify.annotations.NullMarked;
