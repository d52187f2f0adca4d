/** OkHttp. */
@NullMarked
package io.httptrace.benchmarks.peers.okhttp;

import org.jspecify.annotations.NullMarked;
