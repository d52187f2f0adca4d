/** Text, octets and files as arguments give them. */
@NullMarked
package io.httptrace.cli.text;

import org.jspecify.annotations.NullMarked;
