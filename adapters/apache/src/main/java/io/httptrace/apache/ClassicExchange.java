package io.httptrace.apache;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpClientConnection;

/** The exchange of one request and its response on a connection, by the thread of the call. */
final class ClassicExchange {
  private final ApacheRoundTrip roundTrip;

  private boolean hasBody;
  private boolean expectsContinue;
  private boolean waited;
  private boolean bodyHandled;
  private long sentWithHead;

  ClassicExchange(ApacheRoundTrip roundTrip) {
    this.roundTrip = roundTrip;
  }

  // ---- Writing

  /** The head is in the buffer of the connection, or it has been sent. */
  void wroteHead(HttpClientConnection connection, ClassicHttpRequest request) {
    hasBody = request.getEntity() != null;
    Header expect = hasBody ? request.getFirstHeader(HttpHeaders.EXPECT) : null;
    expectsContinue = expect != null && HeaderElements.CONTINUE.equalsIgnoreCase(expect.getValue());
    sentWithHead = sent(connection);
    roundTrip.wroteFields(request.getHeaders());
  }

  /**
   * A part of the body has been written. It goes to the buffer behind the head: once something has
   * been sent, so has the head.
   */
  void wrotePart(HttpClientConnection connection) {
    if (sent(connection) > sentWithHead) {
      roundTrip.wroteHeaders();
    }
  }

  /** The body is written, but for what is in the buffer, or it is not going to be. */
  void bodyHandled() {
    bodyHandled = true;
  }

  /** What was in the buffer has been sent. */
  void flushed() {
    roundTrip.wroteHeaders();
    if (!hasBody || bodyHandled) {
      roundTrip.wroteRequest(null);
    }
  }

  void writingFailed(HttpClientConnection connection, Throwable failure) {
    wrotePart(connection);
    roundTrip.wroteRequest(failure);
  }

  private static long sent(HttpClientConnection connection) {
    EndpointDetails details = connection.getEndpointDetails();
    return details == null ? 0 : details.getSentBytesCount();
  }

  // ---- The response

  /**
   * The client waits for something to read, before it goes on with the body or with the response.
   */
  void waits() {
    if (expectsContinue && !bodyHandled && !waited) {
      waited = true;
      roundTrip.waitsFor100();
    }
  }

  boolean isAnswered() {
    return roundTrip.isAnswered();
  }

  void firstByte() {
    roundTrip.firstByte();
  }

  /**
   * The head of a response has been read.
   *
   * @throws HttpException if a hook aborts the request. The client takes an {@link IOException} for
   *     one of the connection, and might repeat the request.
   */
  void gotHead(ClassicHttpResponse response) throws HttpException {
    firstByte(); // If it came when the time for it was up.
    int code = response.getCode();
    if (code >= HttpStatus.SC_SUCCESS || code == HttpStatus.SC_SWITCHING_PROTOCOLS) {
      ProtocolVersion version = response.getVersion();
      roundTrip.gotResponse(response, version == null ? "HTTP/1.1" : version.toString());
      return;
    }
    if (code == HttpStatus.SC_CONTINUE && expectsContinue) {
      roundTrip.got100();
    }
    try {
      roundTrip.informational(response);
    } catch (IOException | RuntimeException | Error aborting) {
      throw new HttpException("a hook has aborted the request", aborting);
    }
  }

  /** Has the entity of the response tell how far it has been read. */
  void receives(ClassicHttpResponse response) {
    if (response.getEntity() != null && response.getEntity().isStreaming()) {
      response.setEntity(new ClassicResponseEntity(response.getEntity(), roundTrip));
    }
  }
}
