/** Cookies of the command: parsed, kept and matched (RFC 6265). */
@NullMarked
package io.httptrace.cli.cookies;

import org.jspecify.annotations.NullMarked;
