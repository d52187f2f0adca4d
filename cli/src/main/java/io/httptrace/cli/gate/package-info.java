/** How long a request may take, and whether it took longer. */
@NullMarked
package io.httptrace.cli.gate;

import org.jspecify.annotations.NullMarked;
