/** Bodies of requests, whose parts are sent when a test says so. */
@NullMarked
package io.httptrace.conformance.body;

import org.jspecify.annotations.NullMarked;
