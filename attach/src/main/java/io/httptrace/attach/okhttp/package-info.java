/** What has to see both OkHttp and the agent: it is loaded by {@code AdapterClasses}. */
@NullMarked
package io.httptrace.attach.okhttp;

import org.jspecify.annotations.NullMarked;
