/** The record of a request: a recorder of hooks, and the immutable timeline made of them. */
@NullMarked
package io.httptrace.timeline;

import org.jspecify.annotations.NullMarked;
