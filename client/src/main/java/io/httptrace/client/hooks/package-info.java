/** The one place that calls hooks, and the strands they run on. */
@NullMarked
package io.httptrace.client.hooks;

import org.jspecify.annotations.NullMarked;
