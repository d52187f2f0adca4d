package io.httptrace.cli.measure;

import io.httptrace.ByteCounts;
import io.httptrace.GotConnInfo;
import io.httptrace.TlsConnectionState;

/** What counts of a request besides its times. Belongs to its {@link RequestClock}. */
final class RequestFacts {
  /** The status of the last response; 0 if there is none. */
  int status;

  /**
   * Whether it waited while a connection was being opened, for itself or for another request. It
   * may have got another one in the end, which had become free.
   */
  boolean waitedForDial;

  int opened;
  int reused;
  int resumed;
  String protocol = "";
  long sent;
  long received;
  long content;

  void connected(GotConnInfo info) {
    protocol = info.connection().protocol();
    waitedForDial |= !info.reused();
    if (info.connection().requestsBefore() > 0) {
      reused++;
      return;
    }
    opened++;
    TlsConnectionState tls = info.connection().tls();
    if (tls != null && tls.resumed()) {
      resumed++;
    }
  }

  void bytes(ByteCounts bytes) {
    sent += bytes.wireSent();
    received += bytes.wireReceived();
    content += bytes.contentReceived();
  }

  /** {@return whether it had to wait until a connection had been opened} */
  boolean cold() {
    return waitedForDial;
  }
}
