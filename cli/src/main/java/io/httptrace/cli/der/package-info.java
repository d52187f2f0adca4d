/** Writes ASN.1 values, for certificates and keys the JDK cannot make or read by itself. */
@NullMarked
package io.httptrace.cli.der;

import org.jspecify.annotations.NullMarked;
