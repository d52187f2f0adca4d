/** One request and its response on one connection: hooks around bytes. */
@NullMarked
package io.httptrace.client.exchange;

import org.jspecify.annotations.NullMarked;
