/** An application on Spring Boot whose server has Netty 4.1 and whose client has its own. */
@NullMarked
package io.httptrace.samples.boot;

import org.jspecify.annotations.NullMarked;
