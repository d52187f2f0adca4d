/**
 * Shows a {@link io.httptrace.timeline.Timeline}: {@link io.httptrace.render.Waterfall} draws it as
 * text, {@link io.httptrace.render.SvgWaterfall} as a picture for documents, and {@link
 * io.httptrace.render.TimelineJson} writes it as JSON.
 *
 * <p>Secrets are masked unless {@link io.httptrace.timeline.Redaction#NONE} is asked for. Passing
 * {@code null} where a parameter is not marked {@link org.jspecify.annotations.Nullable} throws
 * {@link NullPointerException}. All types but builders are safe for use by several threads.
 */
@NullMarked
package io.httptrace.render;

import org.jspecify.annotations.NullMarked;
