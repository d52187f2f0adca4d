/** Certificates and keys from files (PEM, DER). */
@NullMarked
package io.httptrace.cli.tls;

import org.jspecify.annotations.NullMarked;
