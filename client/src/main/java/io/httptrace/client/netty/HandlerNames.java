package io.httptrace.client.netty;

/**
 * The names of the handlers in a pipeline, from the socket to the request:
 *
 * <pre>
 * PROXY_TLS    encryption on the way to the proxy, if that is an https one
 * TUNNEL_ENCODER, TUNNEL_CODEC
 *              the messages of CONNECT or SOCKS to bytes and back, until the tunnel is open
 * TUNNEL       opens the tunnel, and is gone when the target is read from
 * TLS          encryption, if the target is https
 * WIRE         counts bytes, sees the first one of an answer
 * HTTP_ENCODER HTTP messages to bytes
 * EXCHANGE     bytes to the facts of an exchange
 * HTTP_GREETING, HTTP_FRAME_TAP, HTTP_FRAMES
 *              HTTP/2: looks at what comes first; counts bytes; bytes to frames and back; in place of
 *              the three before
 * FRAME_ENCODER, FRAME_DECODER, WEBSOCKET
 *              in place of the three before, once a server has switched to WebSocket
 * </pre>
 */
public final class HandlerNames {
  public static final String PROXY_TLS = "proxy-tls";
  public static final String TUNNEL_ENCODER = "tunnel-encoder";
  public static final String TUNNEL_CODEC = "tunnel-codec";
  public static final String TUNNEL = "tunnel";
  public static final String TLS = "tls";
  public static final String WIRE = "wire";
  public static final String HTTP_ENCODER = "http-encoder";
  public static final String EXCHANGE = "exchange";
  public static final String HTTP_GREETING = "http-greeting";
  public static final String HTTP_FRAME_TAP = "http-frame-tap";
  public static final String HTTP_FRAMES = "http-frames";

  public static final String FRAME_ENCODER = "frame-encoder";
  public static final String FRAME_DECODER = "frame-decoder";
  public static final String WEBSOCKET = "websocket";

  private HandlerNames() {}
}
