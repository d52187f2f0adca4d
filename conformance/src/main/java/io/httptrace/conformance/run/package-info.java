/** One run of a scenario: the servers, the requests of its plan, and what their hooks said. */
@NullMarked
package io.httptrace.conformance.run;

import org.jspecify.annotations.NullMarked;
