/** Measuring with many requests: when they are made, what is recorded, and how it is shown. */
@NullMarked
package io.httptrace.cli.measure;

import org.jspecify.annotations.NullMarked;
