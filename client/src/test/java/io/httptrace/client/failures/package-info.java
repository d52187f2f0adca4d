/** Requests that fail, end to end, and the timelines of them. */
package io.httptrace.client.failures;
