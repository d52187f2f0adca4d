/** The body of a request, made of what the command line names. */
@NullMarked
package io.httptrace.cli.body;

import org.jspecify.annotations.NullMarked;
