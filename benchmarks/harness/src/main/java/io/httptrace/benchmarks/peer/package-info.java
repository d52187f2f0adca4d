/**
 * The clients that are measured, seen by the harness: what each implements, and what it is asked to
 * do.
 */
@NullMarked
package io.httptrace.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
