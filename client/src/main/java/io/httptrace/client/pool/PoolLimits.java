package io.httptrace.client.pool;

/**
 * The limits of a pool; each is off when it is 0.
 *
 * @param maxIdle idle connections to all hosts
 * @param maxIdlePerHost idle connections to one host
 * @param maxPerHost connections to one host, dialling, in use or idle
 * @param idleNanos how long a connection may be idle
 * @param share whether requests share a connection that can serve several at once
 */
public record PoolLimits(
    int maxIdle, int maxIdlePerHost, int maxPerHost, long idleNanos, boolean share) {}
