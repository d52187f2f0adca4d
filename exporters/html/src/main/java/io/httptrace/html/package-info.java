/**
 * Writes {@link io.httptrace.timeline.Timeline}s as a web page that needs nothing else, to look at
 * and to send to others.
 *
 * <p>Passing {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable}
 * throws {@link NullPointerException}.
 */
@NullMarked
package io.httptrace.html;

import org.jspecify.annotations.NullMarked;
