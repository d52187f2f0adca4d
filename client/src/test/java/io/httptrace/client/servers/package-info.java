/**
 * The client against servers that others have written and many people run: nginx, an HTTP proxy, a
 * SOCKS proxy. They have to be installed, so that these tests run only when they are asked for.
 */
package io.httptrace.client.servers;
