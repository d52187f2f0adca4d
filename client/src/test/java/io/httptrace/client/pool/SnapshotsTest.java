package io.httptrace.client.pool;

import static io.httptrace.client.pool.PoolFixture.A;
import static io.httptrace.client.pool.PoolFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.httptrace.client.route.ProxyServer;
import io.httptrace.connections.PoolSnapshot;
import io.httptrace.connections.PooledConnectionInfo;
import io.httptrace.connections.TargetConnections;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pool shows of itself. */
class SnapshotsTest extends PoolTest {
  SnapshotsTest(Requests requests) {
    super(requests);
  }

  private final PoolFixture fixture = pool(0, 0, 2, 0);

  private TargetConnections only() {
    List<TargetConnections> targets = fixture.pool.snapshot().targets();
    assertThat(targets).hasSize(1);
    return targets.get(0);
  }

  @Test
  void nothingIsNothing() {
    PoolSnapshot snapshot = fixture.pool.snapshot();

    assertThat(snapshot.targets()).isEmpty();
    assertThat(snapshot.openConnections()).isZero();
    assertThat(snapshot).hasToString("");
  }

  @Test
  void countsConnectionsByUseAndTellsTheirAges() {
    fixture.clock.advanceMillis(1);
    fixture.connect(A);
    fixture.clock.advanceMillis(2);
    fixture.idle(A, 1);
    fixture.clock.advanceMillis(3);

    TargetConnections target = only();
    assertThat(target).hasToString("http://a.test:80: 1 active, 1 idle, 0 dialling, 0 waiting");
    assertThat(target.longestWait()).isNull();
    assertThat(target.connections())
        .extracting(PooledConnectionInfo::age)
        .containsExactly(Duration.ofMillis(5), Duration.ofMillis(3));
    assertThat(target.connections())
        .extracting(PooledConnectionInfo::idleTime)
        .containsExactly(null, Duration.ofMillis(3));
    assertThat(target.connections())
        .extracting(PooledConnectionInfo::activeRequests)
        .containsExactly(1, 0);
  }

  @Test
  void countsDialsAndRequestsThatWait() {
    fixture.ask(A);
    fixture.clock.advanceMillis(2);
    fixture.ask(A);
    Ask third = fixture.ask(A);
    fixture.clock.advanceMillis(3);

    assertThat(only()).hasToString("http://a.test:80: 0 active, 0 idle, 2 dialling, 3 waiting");
    assertThat(only().longestWait()).isEqualTo(Duration.ofMillis(5));

    fixture.dial(1).connect();
    fixture.pool.cancel(third.request, new InterruptedException());
    assertThat(only()).hasToString("http://a.test:80: 1 active, 0 idle, 1 dialling, 1 waiting");
    assertThat(only().longestWait()).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void countsTheRequestsThatShareAConnection() {
    fixture.ask(A);
    fixture.dial(1).connectShared(10);
    fixture.ask(A);

    assertThat(only().activeRequests()).isEqualTo(2);
    assertThat(only().connections().get(0).connection().protocol()).isEqualTo("HTTP/2");
  }

  @Test
  void hasEachTargetOnceWhateverMayBeSpoken() {
    fixture.connect(A);
    fixture.connect(new PoolKey("http", "a.test", 80, null, HttpVersions.HTTP_2_PRIOR_KNOWLEDGE));
    fixture.connect(B);

    PoolSnapshot snapshot = fixture.pool.snapshot();
    assertThat(snapshot.toString().lines())
        .containsExactly(
            "http://a.test:80: 2 active, 0 idle, 0 dialling, 0 waiting",
            "http://b.test:80: 1 active, 0 idle, 0 dialling, 0 waiting");
    assertThat(snapshot.openConnections()).isEqualTo(3);
    assertThat(snapshot.activeConnections()).isEqualTo(3);
  }

  @Test
  void namesTheProxyAndNeverItsCredentials() {
    ProxyServer proxy = new ProxyServer(ProxyServer.Kind.HTTP, "proxy.test", 3128, null);
    fixture.connect(PoolKey.of("http", "a.test", 80, proxy, HttpVersions.HTTP_1_1));
    fixture.connect(PoolKey.of("https", "a.test", 443, proxy, HttpVersions.HTTP_1_1));

    assertThat(fixture.pool.snapshot().targets())
        .extracting(target -> target.target().toString())
        .containsExactly("http://* by proxy.test:3128", "https://a.test:443 by proxy.test:3128");
  }

  @Test
  void aPoolThatIsClosedIsEmpty() {
    fixture.idle(A, 1);
    fixture.pool.close(() -> {});

    assertThat(fixture.pool.snapshot().targets()).isEmpty();
  }
}
