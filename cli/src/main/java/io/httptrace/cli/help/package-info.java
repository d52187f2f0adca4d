/** What the command says about itself: help, a manual page, and completion for shells. */
@NullMarked
package io.httptrace.cli.help;

import org.jspecify.annotations.NullMarked;
