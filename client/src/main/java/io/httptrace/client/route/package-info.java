/** Where a request goes: through which proxy, in which version, and by which pooled connections. */
@NullMarked
package io.httptrace.client.route;

import org.jspecify.annotations.NullMarked;
