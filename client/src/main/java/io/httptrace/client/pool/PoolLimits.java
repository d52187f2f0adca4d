package io.httptrace.client.pool;

/**
 * The limits of a pool; each is off when it is 0.
 *
 * @param maxIdle idle connections to all hosts
 * @param maxIdlePerHost idle connections to one host
 * @param maxPerHost connections to one host, dialling, in use or idle
 * @param idleNanos how long a connection may be idle
 */
public record PoolLimits(int maxIdle, int maxIdlePerHost, int maxPerHost, long idleNanos) {}
