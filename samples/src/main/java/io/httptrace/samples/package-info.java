/**
 * Recipes. Each has a {@code main} method and runs without a network; what the docs quote is marked
 * as a region.
 */
@NullMarked
package io.httptrace.samples;

import org.jspecify.annotations.NullMarked;
