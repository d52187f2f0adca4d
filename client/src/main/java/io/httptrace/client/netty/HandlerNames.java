package io.httptrace.client.netty;

/**
 * The names of the handlers in a pipeline, from the socket to the request:
 *
 * <pre>
 * TLS          encryption, if the target is https
 * WIRE         counts bytes, sees the first one of an answer
 * HTTP_ENCODER HTTP messages to bytes
 * HTTP_DECODER bytes to HTTP messages
 * EXCHANGE     HTTP messages to the facts of an exchange
 * </pre>
 */
public final class HandlerNames {
  public static final String TLS = "tls";
  public static final String WIRE = "wire";
  public static final String HTTP_ENCODER = "http-encoder";
  public static final String HTTP_DECODER = "http-decoder";
  public static final String EXCHANGE = "exchange";

  private HandlerNames() {}
}
