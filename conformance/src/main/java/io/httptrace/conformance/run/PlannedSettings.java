package io.httptrace.conformance.run;

import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.golden.Plan;
import io.httptrace.conformance.golden.Plan.Config;
import io.httptrace.conformance.server.TestCertificate;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns the settings of a plan into those of a client. */
final class PlannedSettings {
  /** Longer limits are not meant to run out, and must not do so on a slow machine. */
  private static final int MEANT_TO_RUN_OUT_MS = 2_000;

  private PlannedSettings() {}

  static ClientSettings.Builder of(Plan plan) {
    Config config = plan.config();
    ClientSettings.Builder settings = ClientSettings.builder();
    millis(config.dialTimeoutMs(), settings::connectTimeout);
    millis(config.fallbackDelayMs(), settings::fallbackDelay);
    millis(config.expectContinueTimeoutMs(), settings::expectContinueTimeout);
    millis(config.tlsHandshakeTimeoutMs(), settings::tlsHandshakeTimeout);
    millis(config.responseHeaderTimeoutMs(), settings::responseHeaderTimeout);
    millis(config.idleConnTimeoutMs(), settings::idleConnectionTimeout);
    number(config.maxIdleConns(), settings::maxIdleConnections);
    number(config.maxIdleConnsPerHost(), settings::maxIdleConnectionsPerHost);
    number(config.maxConnsPerHost(), settings::maxConnectionsPerHost);
    number(config.maxResponseHeaderBytes(), bytes -> settings.maxResponseHeaderBytes(bytes));
    settings.keepAlive(!config.disableKeepAlives()).http2(config.http2());
    settings.followRedirects("follow".equals(config.redirects()));
    tls(config, settings);
    return settings;
  }

  private static void tls(Config config, ClientSettings.Builder settings) {
    settings.tlsSessionCache(config.tlsSessionCache());
    if (config.insecure()) {
      settings.insecure(true).sslContext(TestCertificate.credulousContext());
    } else if (config.caPem() != null) {
      settings.sslContext(TestCertificate.trustingContext());
    }
  }

  private static void millis(@Nullable Integer value, Consumer<Duration> setting) {
    if (value != null) {
      Duration time = Duration.ofMillis(value);
      setting.accept(value < MEANT_TO_RUN_OUT_MS ? time : time.multipliedBy(60));
    }
  }

  private static void number(@Nullable Integer value, Consumer<Integer> setting) {
    if (value != null) {
      setting.accept(value);
    }
  }
}
