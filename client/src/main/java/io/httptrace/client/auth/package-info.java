/**
 * Answers to challenges: Basic and Digest credentials, and what is remembered of them (RFC 7617,
 * 7616).
 */
@NullMarked
package io.httptrace.client.auth;

import org.jspecify.annotations.NullMarked;
