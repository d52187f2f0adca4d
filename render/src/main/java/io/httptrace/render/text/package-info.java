/** Wording: addresses, durations, sizes and errors as people write them. No API. */
@NullMarked
package io.httptrace.render.text;

import org.jspecify.annotations.NullMarked;
