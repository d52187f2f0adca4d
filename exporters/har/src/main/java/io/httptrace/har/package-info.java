/**
 * Writes {@link io.httptrace.timeline.Timeline}s as HAR 1.2, the format in which browsers save what
 * they have loaded, and which many viewers open.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}.
 */
@NullMarked
package io.httptrace.har;

import org.jspecify.annotations.NullMarked;
