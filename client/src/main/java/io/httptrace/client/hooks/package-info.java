/** The one place that calls hooks. */
@NullMarked
package io.httptrace.client.hooks;

import org.jspecify.annotations.NullMarked;
