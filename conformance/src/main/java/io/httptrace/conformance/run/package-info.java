/** One run of a scenario: the servers, the requests of its plan, and their events. */
@NullMarked
package io.httptrace.conformance.run;

import org.jspecify.annotations.NullMarked;
