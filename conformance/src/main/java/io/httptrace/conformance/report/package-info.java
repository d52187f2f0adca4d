/** What a run of the scenarios found out about a client, and the table of all clients. */
@NullMarked
package io.httptrace.conformance.report;

import org.jspecify.annotations.NullMarked;
