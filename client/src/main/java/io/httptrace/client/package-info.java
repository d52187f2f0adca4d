/**
 * A {@link java.net.http.HttpClient} that fires every hook of {@link io.httptrace.ClientTrace}.
 *
 * <p>{@link io.httptrace.client.TracingHttpClient} is the client, {@link
 * io.httptrace.client.TracedRequest} attaches a trace to one request.
 */
@NullMarked
package io.httptrace.client;

import org.jspecify.annotations.NullMarked;
