/** A request of the command, made with the client. */
@NullMarked
package io.httptrace.cli.request;

import org.jspecify.annotations.NullMarked;
