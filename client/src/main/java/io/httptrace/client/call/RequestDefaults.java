package io.httptrace.client.call;

/**
 * What all requests of a client say of themselves.
 *
 * @param keepAlive whether connections are used again
 * @param compression whether to ask for gzip and to undo it
 */
public record RequestDefaults(boolean keepAlive, boolean compression) {}
