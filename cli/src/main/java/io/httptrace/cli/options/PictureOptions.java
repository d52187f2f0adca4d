package io.httptrace.cli.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the picture shows, and how often.
 *
 * @param cumulative whether it shows the times from the start to each step
 * @param follow the pause before the request is made again; null to make it once
 */
public record PictureOptions(boolean cumulative, @Nullable Duration follow) {

  /** Without any option. */
  public static final PictureOptions DEFAULT = new PictureOptions(false, null);
}
