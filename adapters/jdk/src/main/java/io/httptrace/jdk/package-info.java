/** Traces the JDK's own HTTP client. */
@NullMarked
package io.httptrace.jdk;

import org.jspecify.annotations.NullMarked;
