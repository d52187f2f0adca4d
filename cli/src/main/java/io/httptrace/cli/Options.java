package io.httptrace.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param target what to request; null to request the embedded server
 * @param request what to send
 * @param connection how to get there
 * @param output what to show
 */
record Options(
    @Nullable Target target, RequestOptions request, ConnectionOptions connection, Output output) {

  /**
   * What to send.
   *
   * @param method the method
   * @param headers the {@code -H}, in order
   * @param data the {@code -d}, in order; empty for a request without a body
   * @param userAgent the {@code -A}, or null; empty to send none
   */
  record RequestOptions(
      String method, List<HeaderLine> headers, List<DataPart> data, @Nullable String userAgent) {
    RequestOptions {
      headers = List.copyOf(headers);
      data = List.copyOf(data);
    }
  }

  /** Which addresses of a host to use. */
  enum AddressFamily {
    /** All of them. */
    ANY,
    /** Those of {@code -4}. */
    IPV4,
    /** Those of {@code -6}. */
    IPV6
  }

  /**
   * How to get there.
   *
   * @param insecure whether any certificate will do
   * @param caCertificates the file of trusted certificates, or null for the JDK's
   * @param family which addresses to use
   * @param resolve the {@code --resolve}, in order
   * @param connectTimeout the limit for getting a connection, or null for none
   * @param maxTime the limit for everything, or null for none
   */
  record ConnectionOptions(
      boolean insecure,
      @Nullable Path caCertificates,
      AddressFamily family,
      List<ResolveEntry> resolve,
      @Nullable Duration connectTimeout,
      @Nullable Duration maxTime) {
    ConnectionOptions {
      resolve = List.copyOf(resolve);
    }
  }

  /** When to use colour. */
  enum Color {
    /** On a terminal that has it, unless {@code NO_COLOR} says no. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER
  }

  /**
   * What to show.
   *
   * @param body where the response's body goes: a file, {@code -} for standard output, or null to
   *     drop it
   * @param events whether to print each hook as it fires
   * @param json whether to print the timeline as JSON in place of the picture
   * @param color when to use colour
   * @param showSecrets whether to leave secrets unmasked
   */
  record Output(
      @Nullable String body, boolean events, boolean json, Color color, boolean showSecrets) {

    /** {@return whether standard output belongs to the body} */
    boolean bodyToStdout() {
      return "-".equals(body);
    }
  }
}
