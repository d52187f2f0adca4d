/** Bodies: from the publisher of a request, and to the subscriber of a response. */
@NullMarked
package io.httptrace.client.body;

import org.jspecify.annotations.NullMarked;
