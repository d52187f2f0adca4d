/**
 * The agent of {@code httptrace attach}. {@link io.httptrace.attach.AttachAgent} and its class
 * loader are all that the application's class path gets; everything else is in that loader.
 */
@NullMarked
package io.httptrace.attach;

import org.jspecify.annotations.NullMarked;
