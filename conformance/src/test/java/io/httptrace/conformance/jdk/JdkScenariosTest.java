package io.httptrace.conformance.jdk;

import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.scenarios.ComposeScenarios;
import io.httptrace.conformance.scenarios.ConnectScenarios;
import io.httptrace.conformance.scenarios.DnsScenarios;
import io.httptrace.conformance.scenarios.ErrorScenarios;
import io.httptrace.conformance.scenarios.ExpectScenarios;
import io.httptrace.conformance.scenarios.HeaderScenarios;
import io.httptrace.conformance.scenarios.Http1Scenarios;
import io.httptrace.conformance.scenarios.InformationalScenarios;
import io.httptrace.conformance.scenarios.PoolScenarios;
import io.httptrace.conformance.scenarios.RetryScenarios;
import io.httptrace.conformance.scenarios.TimeoutScenarios;
import io.httptrace.conformance.scenarios.TlsScenarios;
import io.httptrace.conformance.scenarios.UploadScenarios;
import org.junit.jupiter.api.Nested;

/** Trial. */
final class JdkScenariosTest {
  @Nested
  final class Http1 extends Http1Scenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Expect extends ExpectScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Informational extends InformationalScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Dns extends DnsScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Connect extends ConnectScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Tls extends TlsScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Pool extends PoolScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Retry extends RetryScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Timeout extends TimeoutScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Upload extends UploadScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Header extends HeaderScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Errors extends ErrorScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }

  @Nested
  final class Compose extends ComposeScenarios {
    @Override
    protected ClientUnderTest client() {
      return new JdkClientUnderTest();
    }
  }
}
