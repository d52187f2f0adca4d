package io.httptrace.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.TlsConnectionState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of connections that calls got, kept and gave back. */
class KnownConnectionsTest {
  private static final TlsConnectionState TLS =
      TlsConnectionState.of("TLSv1.3", "TLS_AES_128_GCM_SHA256", "", false, "", List.of());

  /** A connection that is equal to every other. */
  private static final class Connection {
    @Override
    public boolean equals(Object other) {
      return other instanceof Connection;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private final KnownConnections<Connection> connections = new KnownConnections<>();
  private final Connection connection = new Connection();

  private static String text(KnownConnections.Use use) {
    return use.toString();
  }

  @Test
  void aConnectionHasTheIdItWasDialledWith() {
    assertThat(connections.newId()).isEqualTo(1);
    long dialled = connections.newId();

    assertThat(text(connections.acquire(connection, dialled, 0)))
        .isEqualTo("Use[id=2 requestsBefore=0 users=0 idleNanos=0]");
    assertThat(text(connections.acquire(connection, connections.newId(), 0)))
        .isEqualTo("Use[id=2 requestsBefore=1 users=1 idleNanos=0]");
  }

  @Test
  void oneThatNoTracedCallHasDialledGetsANewId() {
    connections.newId();

    assertThat(connections.acquire(connection, 0, 0).id()).isEqualTo(2);
  }

  @Test
  void connectionsAreComparedByIdentity() {
    Connection equal = new Connection();

    connections.acquire(connection, 0, 0);

    assertThat(connections.knows(connection)).isTrue();
    assertThat(connections.knows(equal)).isFalse();
    assertThat(connections.acquire(equal, 0, 0).id()).isEqualTo(2);
    assertThat(connections.size()).isEqualTo(2);
  }

  @Test
  void aConnectionIsIdleSinceTheLastCallGaveItBack() {
    connections.acquire(connection, 0, 10);
    connections.acquire(connection, 0, 11);
    connections.release(connection, false, 20);
    assertThat(text(connections.acquire(connection, 0, 25)))
        .isEqualTo("Use[id=1 requestsBefore=2 users=1 idleNanos=0]");
    connections.release(connection, false, 30);
    connections.release(connection, false, 40);

    assertThat(text(connections.acquire(connection, 0, 47)))
        .isEqualTo("Use[id=1 requestsBefore=3 users=0 idleNanos=7]");
  }

  @Test
  void aTimeOfZeroIsATimeAndNoneIsNegative() {
    connections.acquire(connection, 0, -5);
    connections.release(connection, false, 0);
    assertThat(connections.acquire(connection, 0, 3).idleNanos()).isEqualTo(3);
    connections.release(connection, false, 9);

    assertThat(connections.acquire(connection, 0, 8).idleNanos()).isZero();
  }

  @Test
  void aCallThatKeepsItsConnectionHasNotFoundItIdle() {
    connections.acquire(connection, 0, 10);

    assertThat(text(connections.keep(connection)))
        .isEqualTo("Use[id=1 requestsBefore=1 users=1 idleNanos=0]");
    assertThat(text(connections.keep(connection)))
        .isEqualTo("Use[id=1 requestsBefore=2 users=1 idleNanos=0]");
    connections.release(connection, false, 20);

    assertThat(text(connections.acquire(connection, 0, 21)))
        .isEqualTo("Use[id=1 requestsBefore=3 users=0 idleNanos=1]");
  }

  @Test
  void oneThatIsClosedIsForgottenWhenTheLastCallGivesItBack() {
    connections.acquire(connection, 0, 10);
    connections.acquire(connection, 0, 10);

    connections.release(connection, true, 20);
    assertThat(connections.knows(connection)).isTrue();
    connections.release(connection, true, 20);

    assertThat(connections.knows(connection)).isFalse();
    assertThat(connections.size()).isZero();
  }

  @Test
  void oneThatIsGivenBackTooOftenHasNoUsers() {
    connections.acquire(connection, 0, 10);
    connections.release(connection, false, 20);
    connections.release(connection, false, 30);

    assertThat(connections.acquire(connection, 0, 31).users()).isZero();
    assertThat(connections.acquire(connection, 0, 31).users()).isEqualTo(1);
  }

  @Test
  void oneThatIsNotKnownMayBeGivenBack() {
    connections.release(connection, false, 20);
    connections.keepTls(connection, TLS);

    assertThat(connections.size()).isZero();
    assertThat(connections.tls(connection)).isNull();
  }

  @Test
  void whatTlsHasNegotiatedIsKept() {
    connections.acquire(connection, 0, 10);
    assertThat(connections.tls(connection)).isNull();

    connections.keepTls(connection, TLS);
    connections.release(connection, false, 20);

    assertThat(connections.tls(connection)).isSameAs(TLS);
  }

  @Test
  void oneThatIsCollectedIsForgotten() {
    acquireOther();
    connections.acquire(connection, 0, 0);
    assertThat(connections).hasToString("KnownConnections[2]");

    while (connections.size() > 1) {
      System.gc();
      Thread.onSpinWait();
    }

    assertThat(connections.knows(connection)).isTrue();
  }

  private void acquireOther() {
    connections.acquire(new Connection(), 0, 0);
  }
}
