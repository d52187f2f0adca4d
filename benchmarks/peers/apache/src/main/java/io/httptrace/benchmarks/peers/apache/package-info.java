/** Apache HttpClient. */
@NullMarked
package io.httptrace.benchmarks.peers.apache;

import org.jspecify.annotations.NullMarked;
