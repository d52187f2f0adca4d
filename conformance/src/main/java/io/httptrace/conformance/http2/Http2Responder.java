package io.httptrace.conformance.http2;

/** Says how a server answers. Called by the threads of the connections, also at the same time. */
@FunctionalInterface
public interface Http2Responder {
  /**
   * {@return the answer to a request}
   *
   * @param request the request, which has come to its end
   * @throws Exception which is a problem of the server
   */
  Http2Answer answer(Http2Request request) throws Exception;
}
