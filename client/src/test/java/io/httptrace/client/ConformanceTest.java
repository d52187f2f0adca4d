package io.httptrace.client;

import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.scenarios.CompletenessScenarios;
import io.httptrace.conformance.scenarios.ComposeScenarios;
import io.httptrace.conformance.scenarios.ConnectScenarios;
import io.httptrace.conformance.scenarios.DnsScenarios;
import io.httptrace.conformance.scenarios.ErrorScenarios;
import io.httptrace.conformance.scenarios.ExpectScenarios;
import io.httptrace.conformance.scenarios.HeaderScenarios;
import io.httptrace.conformance.scenarios.Http1Scenarios;
import io.httptrace.conformance.scenarios.Http2Scenarios;
import io.httptrace.conformance.scenarios.InformationalScenarios;
import io.httptrace.conformance.scenarios.PoolScenarios;
import io.httptrace.conformance.scenarios.ProxyScenarios;
import io.httptrace.conformance.scenarios.RedirectScenarios;
import io.httptrace.conformance.scenarios.RetryScenarios;
import io.httptrace.conformance.scenarios.Scenarios;
import io.httptrace.conformance.scenarios.TimeoutScenarios;
import io.httptrace.conformance.scenarios.TlsScenarios;
import io.httptrace.conformance.scenarios.UploadScenarios;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The client against every scenario. */
final class ConformanceTest {
  private static final ClientUnderTest CLIENT = new TracingHttpClientUnderTest();

  @Nested
  final class Http1 extends Http1Scenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Expect extends ExpectScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Informational extends InformationalScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Dns extends DnsScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Connect extends ConnectScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  @Tag("tls")
  final class Tls extends TlsScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Pool extends PoolScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Retry extends RetryScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Timeout extends TimeoutScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Upload extends UploadScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Header extends HeaderScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Errors extends ErrorScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Compose extends ComposeScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  @Tag("tls")
  final class Proxy extends ProxyScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Redirects extends RedirectScenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  @Tag("tls")
  final class Http2 extends Http2Scenarios {
    @Override
    protected ClientUnderTest client() {
      return CLIENT;
    }
  }

  @Nested
  final class Completeness extends CompletenessScenarios {
    @Override
    protected List<Class<? extends Scenarios>> testClasses() {
      return List.of(
          Http1.class,
          Expect.class,
          Informational.class,
          Dns.class,
          Connect.class,
          Tls.class,
          Pool.class,
          Retry.class,
          Timeout.class,
          Upload.class,
          Header.class,
          Errors.class,
          Compose.class,
          Proxy.class,
          Redirects.class,
          Http2.class);
    }
  }
}
