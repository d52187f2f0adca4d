package io.httptrace.client.pool;

import static io.httptrace.client.pool.Requests.TRACED;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the pool, which run with requests that are traced and with such as are not. */
@ParameterizedClass
@EnumSource
abstract class PoolTest {
  private final Requests requests;

  /** A pool without limits. */
  final PoolFixture unlimited;

  PoolTest(Requests requests) {
    this.requests = requests;
    unlimited = pool(0, 0, 0, 0);
  }

  /** {@return a pool; limits are off where they are 0} */
  final PoolFixture pool(int maxIdle, int maxIdlePerHost, int maxPerHost, long idleMillis) {
    return new PoolFixture(
        requests, new PoolLimits(maxIdle, maxIdlePerHost, maxPerHost, nanos(idleMillis), true));
  }

  /** {@return a pool in which no two requests have a connection at the same time} */
  final PoolFixture withoutSharing() {
    return new PoolFixture(requests, new PoolLimits(0, 0, 0, 0, false));
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  final boolean traced() {
    return requests == TRACED;
  }
}
