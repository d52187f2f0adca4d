package io.httptrace.conformance.http2;

import org.jspecify.annotations.Nullable;

/**
 * A received frame; HEADERS and its CONTINUATION frames are one frame, decoded.
 *
 * @param frame the frame
 * @param headers the decoded fields of HEADERS, null for others
 */
record ReceivedFrame(Frame frame, @Nullable ReceivedHeaders headers) {}
