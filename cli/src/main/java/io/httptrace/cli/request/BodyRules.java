package io.httptrace.cli.request;

import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.options.CurlOutput.FailOn;
import io.httptrace.timeline.Redaction;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a body by the head of its response.
 *
 * @param include whether the head is written before it
 * @param dropsErrors whether that of a status from 400 on is dropped
 * @param maxSize how long it may be if the head says its length, or null for no limit
 * @param redaction whether secrets in the head are masked
 */
record BodyRules(
    boolean include, boolean dropsErrors, @Nullable Long maxSize, Redaction redaction) {
  static final BodyRules NONE = new BodyRules(false, false, null, Redaction.MASK_SECRETS);

  static BodyRules of(Output output) {
    return new BodyRules(
        output.curl().include(),
        output.curl().failOn() == FailOn.STATUS,
        output.curl().maxFileSize(),
        output.redaction());
  }

  boolean isDropped(ResponseInfo head) {
    return dropsErrors && head.statusCode() >= 400;
  }

  /** {@return whether the head says that the body is too long} */
  boolean isTooLong(ResponseInfo head) {
    Long limit = maxSize;
    return limit != null
        && limit > 0
        && head.headers().firstValue("Content-Length").orElse("").matches("[0-9]{1,18}")
        && head.headers().firstValueAsLong("Content-Length").orElse(0) > limit;
  }
}
