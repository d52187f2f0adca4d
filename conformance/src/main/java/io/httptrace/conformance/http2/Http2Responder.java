package io.httptrace.conformance.http2;

/** Answers requests. Called on the threads of the connections, also at the same time. */
@FunctionalInterface
public interface Http2Responder {
  /**
   * {@return the answer to a request}
   *
   * @param request the complete request
   * @throws Exception recorded as a problem of the server
   */
  Http2Answer answer(Http2Request request) throws Exception;
}
