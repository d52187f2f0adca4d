/** Requests that follow a response: redirects, and answers to challenges. */
@NullMarked
package io.httptrace.client.followups;

import org.jspecify.annotations.NullMarked;
