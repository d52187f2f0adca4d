package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.connections.ConnectionTarget;
import io.httptrace.connections.ConnectionWaitInfo;
import io.httptrace.connections.PoolSnapshot;
import io.httptrace.connections.PooledConnectionInfo;
import io.httptrace.connections.TargetConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of connections, as it stands in a log, and what it keeps. */
class ConnectionTypesTest {
  private static final ConnectionTarget TARGET =
      ConnectionTarget.of("https", "example.com:443", "proxy.test:3128");

  private static PooledConnectionInfo connection(
      long id, @Nullable Duration idleTime, int activeRequests) {
    ConnectionInfo info =
        ConnectionInfo.of(
            id, Addresses.address(9, 4000), Addresses.address(1, 443), "HTTP/2", null, 3);
    return PooledConnectionInfo.of(TARGET, info, Duration.ofSeconds(5), idleTime, activeRequests);
  }

  @Test
  void aConnectionPrintsWhereItLeadsAndHowItIsUsed() {
    assertThat(connection(7, null, 2))
        .hasToString(
            "#7 HTTP/2 /192.0.2.9:4000->/192.0.2.1:443 to https://example.com:443 by"
                + " proxy.test:3128 age=PT5S 2 active");
    assertThat(connection(7, Duration.ofSeconds(1), 0).toString()).endsWith(" idle for PT1S");
  }

  @Test
  void aTargetIsWhatSchemeServerAndProxyAre() {
    assertThat(TARGET)
        .isEqualTo(ConnectionTarget.of("https", "example.com:443", "proxy.test:3128"))
        .hasSameHashCodeAs(ConnectionTarget.of("https", "example.com:443", "proxy.test:3128"))
        .isNotEqualTo(ConnectionTarget.of("https", "example.com:443", null))
        .isNotEqualTo(ConnectionTarget.of("http", "example.com:443", "proxy.test:3128"))
        .isNotEqualTo(ConnectionTarget.of("https", null, "proxy.test:3128"));
    assertThat(ConnectionTarget.of("http", null, "proxy.test:3128"))
        .hasToString("http://* by proxy.test:3128");
  }

  @Test
  void aTargetIsNotNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionTarget.of("http", null, null))
        .withMessage("hostPort and proxy are both null");
  }

  @Test
  void aWaitPrintsWhatForAndHowLong() {
    assertThat(
            ConnectionWaitInfo.of(TARGET, ConnWaitReason.STREAM_LIMIT, Duration.ofMillis(20), true))
        .hasToString("https://example.com:443 by proxy.test:3128 STREAM_LIMIT PT0.02S connected");
    assertThat(
            ConnectionWaitInfo.of(TARGET, ConnWaitReason.HOST_LIMIT, Duration.ofMillis(20), false)
                .toString())
        .endsWith("HOST_LIMIT PT0.02S without a connection");
  }

  @Test
  void aSnapshotCountsAndKeepsItsOwnLists() {
    List<PooledConnectionInfo> connections = new ArrayList<>();
    connections.add(connection(1, null, 2));
    connections.add(connection(2, Duration.ZERO, 0));
    connections.add(connection(3, null, 1));
    TargetConnections target =
        TargetConnections.of(TARGET, connections, 4, 5, Duration.ofMillis(6));
    PoolSnapshot snapshot = PoolSnapshot.of(List.of(target));
    connections.clear();

    assertThat(snapshot.openConnections()).isEqualTo(3);
    assertThat(snapshot.idleConnections()).isEqualTo(1);
    assertThat(snapshot.activeConnections()).isEqualTo(2);
    assertThat(snapshot.dialling()).isEqualTo(4);
    assertThat(snapshot.waitingRequests()).isEqualTo(5);
    assertThat(target.activeRequests()).isEqualTo(3);
    assertThat(target.longestWait()).isEqualTo(Duration.ofMillis(6));
    assertThat(snapshot)
        .hasToString(
            "https://example.com:443 by proxy.test:3128: 2 active, 1 idle, 4 dialling, 5 waiting");
  }

  @Test
  void aListenerNeedNotListenToAnything() {
    ConnectionListener listener = new ConnectionListener() {};
    listener.connectionOpened(connection(1, null, 0));
    listener.connectionClosed(connection(1, null, 0), ConnectionCloseReason.ERROR);
    listener.waitEnded(
        ConnectionWaitInfo.of(TARGET, ConnWaitReason.HOST_LIMIT, Duration.ZERO, true));

    assertThat(listener).isNotNull();
  }
}
