/** Request bodies whose parts are sent when a test says so, and response bodies. */
@NullMarked
package io.httptrace.conformance.body;

import org.jspecify.annotations.NullMarked;
