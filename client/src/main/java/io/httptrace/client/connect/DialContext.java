package io.httptrace.client.connect;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.pool.Dialer;

/**
 * What a dial runs in.
 *
 * @param strand the strand of the dial, which owns its state
 * @param clock sets timers
 * @param connector connects
 * @param settings the settings
 * @param waiter who waits for it
 */
record DialContext(
    Strand strand, Clock clock, Connector connector, DialSettings settings, Dialer.Waiter waiter) {}
