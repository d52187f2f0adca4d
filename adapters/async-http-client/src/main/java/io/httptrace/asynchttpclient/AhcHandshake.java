package io.httptrace.asynchttpclient;

import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.TlsStates;
import io.netty.handler.ssl.SslHandler;

/** Tells the handshake with the target of a tunnel, of which AsyncHttpClient says nothing. */
final class AhcHandshake {
  private AhcHandshake() {}

  /**
   * Tells that a handshake has begun, and listens to its end.
   *
   * @param call whose handshake it is
   * @param start when it began
   * @param ssl what does it
   */
  static void listen(AhcCall call, long start, SslHandler ssl) {
    call.tell(
        () -> {
          AhcDial dial = call.dialling();
          if (dial != null) {
            dial.handshakeStarts(start);
          }
        });
    ssl.handshakeFuture()
        .addListener(
            done -> {
              long now = System.nanoTime();
              TlsConnectionState state = done.isSuccess() ? TlsStates.of(ssl.engine()) : null;
              Throwable error = done.cause();
              call.tell(
                  () -> {
                    AhcDial dial = call.dialling();
                    if (dial != null) {
                      dial.handshakeEnds(now, state, error);
                    }
                  });
            });
  }
}
