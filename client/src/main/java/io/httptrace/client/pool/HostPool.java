package io.httptrace.client.pool;

import io.httptrace.ConnWaitReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections to one host, and the requests that wait for one. Guarded by the pool's lock. */
final class HostPool {
  /** Idle connections, the one that became idle last at the end. */
  private final ArrayDeque<PoolEntry> idle = new ArrayDeque<>();

  /** Connections that serve several requests at once, used or idle, the oldest first. */
  private final List<PoolEntry> shared = new ArrayList<>(1);

  /** Requests that wait for a connection that becomes free, in order of arrival. */
  private final Set<ConnectionRequest> waiters = new LinkedHashSet<>();

  /**
   * Of these, the ones that have not dialled because of the host limit, or because another
   * request's dial will serve them too, in order of arrival.
   */
  private final Set<ConnectionRequest> undialled = new LinkedHashSet<>();

  /** Connections that are being dialled, in use or idle. */
  int open;

  /** Of these, the ones that are being dialled. */
  int dials;

  /** Of these, the ones that are in use and about to become idle. */
  private int reserved;

  void addShared(PoolEntry entry) {
    if (!shared.contains(entry)) {
      shared.add(entry);
    }
  }

  void removeShared(PoolEntry entry) {
    shared.remove(entry);
  }

  /** {@return a shared connection that can take another request, or null} */
  @Nullable PoolEntry withRoom() {
    for (int i = 0; i < shared.size(); i++) {
      if (shared.get(i).hasRoom()) {
        return shared.get(i);
      }
    }
    return null;
  }

  /** {@return how many more requests the shared connections can take} */
  int room() {
    int room = 0;
    for (int i = 0; i < shared.size(); i++) {
      PoolEntry entry = shared.get(i);
      room += entry.hasRoom() ? Math.max(entry.capacity() - entry.leases, 0) : 0;
    }
    return room;
  }

  /** {@return whether there is room left after all waiting requests are served} */
  boolean hasRoomToSpare() {
    int room = room();
    return room > 0 && room >= waiting();
  }

  /** {@return whether a shared connection has gone silent} */
  boolean hasSilent() {
    for (int i = 0; i < shared.size(); i++) {
      if (shared.get(i).connection().silent()) {
        return true;
      }
    }
    return false;
  }

  /** {@return why a request cannot have a connection} */
  ConnWaitReason whyNoRoom() {
    if (shared.isEmpty()) {
      return ConnWaitReason.HOST_LIMIT;
    }
    return hasSilent() ? ConnWaitReason.SILENT_CONNECTION : ConnWaitReason.STREAM_LIMIT;
  }

  int waiting() {
    return waiters.size();
  }

  /** {@return the requests that wait, the first one first} */
  List<ConnectionRequest> stillWaiting() {
    return waiters.stream().filter(ConnectionRequest::waiting).toList();
  }

  /** {@return whether a request would take a connection that becomes free} */
  boolean hasWaiter() {
    return !waiters.isEmpty() && waiters.stream().anyMatch(ConnectionRequest::waiting);
  }

  /** {@return the connection that became idle last, or null} */
  @Nullable PoolEntry lastIdle() {
    return idle.peekLast();
  }

  void removeLastIdle() {
    idle.removeLast();
  }

  void addIdle(PoolEntry entry) {
    idle.addLast(entry);
  }

  /** Removes an idle connection, which is most often the oldest one. */
  void removeIdle(PoolEntry entry) {
    idle.removeFirstOccurrence(entry);
  }

  /** {@return how many connections are idle, or about to be} */
  int kept() {
    return idle.size() + reserved;
  }

  void reserve(PoolEntry entry) {
    entry.reserved = true;
    reserved++;
  }

  void endReservation(PoolEntry entry) {
    if (entry.reserved) {
      entry.reserved = false;
      reserved--;
    }
  }

  void addWaiter(ConnectionRequest request, boolean mayDial) {
    waiters.add(request);
    if (!mayDial) {
      undialled.add(request);
    }
  }

  void removeWaiter(ConnectionRequest request) {
    waiters.remove(request);
    undialled.remove(request);
  }

  /** {@return the first request that takes this connection and is now settled with it, or null} */
  @Nullable ConnectionRequest settleWaiter(Lease lease) {
    if (waiters.isEmpty()) {
      return null;
    }
    Iterator<ConnectionRequest> all = waiters.iterator();
    while (all.hasNext()) {
      ConnectionRequest first = all.next();
      all.remove();
      undialled.remove(first);
      if (first.trySettle(lease)) {
        return first;
      }
    }
    return null;
  }

  /** {@return the first request that may now dial, or null} It still waits. */
  @Nullable ConnectionRequest nextToDial() {
    Iterator<ConnectionRequest> all = undialled.iterator();
    while (all.hasNext()) {
      ConnectionRequest first = all.next();
      all.remove();
      if (first.waiting()) {
        return first;
      }
    }
    return null;
  }

  boolean isEmpty() {
    return open == 0 && idle.isEmpty() && shared.isEmpty() && waiters.isEmpty();
  }
}
