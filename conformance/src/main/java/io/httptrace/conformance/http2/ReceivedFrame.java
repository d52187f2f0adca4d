package io.httptrace.conformance.http2;

import org.jspecify.annotations.Nullable;

/**
 * A frame that has come; for HEADERS with all that continues it, as one frame, and decoded.
 *
 * @param frame the frame
 * @param headers what a HEADERS frame says, null for others
 */
record ReceivedFrame(Frame frame, @Nullable ReceivedHeaders headers) {}
