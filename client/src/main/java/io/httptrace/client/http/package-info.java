/** What the protocols of a connection have in common: heads, their parts, and who writes them. */
@NullMarked
package io.httptrace.client.http;

import org.jspecify.annotations.NullMarked;
