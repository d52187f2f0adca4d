/** What is told, logged or printed in a test: the events of a run, a class's log, the output. */
@NullMarked
package io.httptrace.conformance.log;

import org.jspecify.annotations.NullMarked;
