package io.httptrace.client.pool;

/** A request that has been settled with a connection, and is to be told without the pool's lock. */
record Settlement(ConnectionRequest taker, ConnectionRequest.Grant grant) {
  void tell() {
    taker.tellGrant(grant);
  }
}
