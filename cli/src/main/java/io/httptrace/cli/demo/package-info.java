/** The embedded server that the command requests when it is given no URL. */
@NullMarked
package io.httptrace.cli.demo;

import org.jspecify.annotations.NullMarked;
