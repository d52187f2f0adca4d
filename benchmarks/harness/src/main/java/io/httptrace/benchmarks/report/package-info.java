/** Tables and a chart of what was measured. */
@NullMarked
package io.httptrace.benchmarks.report;

import org.jspecify.annotations.NullMarked;
