/**
 * What a program can observe of an {@link java.net.http.HttpClient}, checked with the JDK's own
 * client and with this one.
 */
package io.httptrace.client.contract;
