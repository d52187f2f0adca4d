/** Writes ASN.1 values, for certificates and keys that the JDK cannot make or read itself. */
@NullMarked
package io.httptrace.cli.der;

import org.jspecify.annotations.NullMarked;
