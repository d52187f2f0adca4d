/** The scenarios against the JDK's own client, as far as they are not about hooks. */
@NullMarked
package io.httptrace.conformance.jdk;

import org.jspecify.annotations.NullMarked;
