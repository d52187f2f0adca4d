package io.httptrace.client.body;

import java.net.http.HttpResponse.BodySubscriber;
import org.jspecify.annotations.Nullable;

/**
 * How the body of a response is delivered.
 *
 * @param subscriber gets it
 * @param decoder undoes its content coding, or null if it is delivered as it comes
 */
public record Delivery(BodySubscriber<?> subscriber, @Nullable ContentDecoder decoder) {}
