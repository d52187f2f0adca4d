package io.httptrace.client.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Consumer;

/**
 * What is in the pipeline of a channel, and when. A channel is connected without handlers. Then
 * come, from the socket to the request:
 *
 * <pre>
 * proxy-tls    encryption on the way to the proxy, if that is an https one; with its probe and
 *              errors, like tls
 * tunnel-encoder, tunnel-decoder
 *              the messages of CONNECT or SOCKS to bytes and back, until the tunnel is open
 * tunnel       opens the tunnel, and is gone when the target is read from
 * tls-probe    sees whether what comes first is TLS
 * tls          encryption, if the target is https
 * tls-errors   puts errors of TLS into plain words
 * handshake    keeps what comes after a handshake until there is somebody to read it
 *
 * HTTP/1.1:
 * wire         counts bytes, sees the first one of an answer
 * http-encoder HTTP messages to bytes
 * exchange     bytes to the facts of an exchange
 *
 * HTTP/2, at once or in place of those of HTTP/1.1:
 * http2-greeting  sees whether what comes first is HTTP/2
 * http2-wire      counts bytes
 * http2-frames    bytes to frames and back
 *
 * WebSocket, in place of those of HTTP/1.1:
 * websocket-decoder, websocket-encoder
 *              bytes to frames and back
 * websocket    frames to messages
 * </pre>
 *
 * <p>All on the channel's event loop.
 */
public final class Pipelines {
  private static final String TUNNEL = "tunnel";
  private static final String TUNNEL_ENCODER = "tunnel-encoder";
  private static final String TUNNEL_DECODER = "tunnel-decoder";
  private static final String HANDSHAKE = "handshake";
  private static final String WIRE = "wire";
  private static final String HTTP_ENCODER = "http-encoder";
  private static final String EXCHANGE = "exchange";

  private Pipelines() {}

  /** Whom the client speaks TLS with. */
  public enum TlsPeer {
    PROXY("proxy-tls"),
    TARGET("tls");

    private final String handler;

    TlsPeer(String handler) {
      this.handler = handler;
    }
  }

  // ---- TLS ----

  /**
   * Adds TLS behind what there is. {@link #endHandshake} must follow the handshake.
   *
   * @param peer whom with
   * @param probe sees what comes first
   * @param tls reads as it is added, and what a proxy sent with its answer comes at once: so the
   *     others are there before
   * @param errors sees the errors of TLS
   * @param handshake sees what else comes during the handshake and right after it
   */
  public static void addTls(
      ChannelPipeline pipeline,
      TlsPeer peer,
      ChannelHandler probe,
      SslHandler tls,
      ChannelHandler errors,
      ChannelHandler handshake) {
    String errorsName = peer.handler + "-errors";
    pipeline
        .addLast(peer.handler + "-probe", probe)
        .addLast(errorsName, errors)
        .addLast(HANDSHAKE, handshake)
        .addBefore(errorsName, peer.handler, tls);
  }

  /** Ends a handshake, if there was one: what has come goes to the handlers added since. */
  public static void endHandshake(ChannelPipeline pipeline) {
    remove(pipeline, HANDSHAKE);
  }

  /** {@return whether there is TLS, be it with a proxy} */
  public static boolean hasTls(ChannelPipeline pipeline) {
    return pipeline.get(SslHandler.class) != null;
  }

  // ---- Tunnels ----

  /**
   * Adds what opens a tunnel.
   *
   * @param tunnel removes itself when the target is read from
   */
  public static void addTunnel(ChannelPipeline pipeline, ChannelHandler tunnel) {
    pipeline.addLast(TUNNEL, tunnel);
  }

  /** Adds what encodes requests for a tunnel. */
  public static void addTunnelEncoder(ChannelPipeline pipeline, ChannelHandler encoder) {
    pipeline.addBefore(TUNNEL, TUNNEL_ENCODER, encoder);
  }

  /** Sets what decodes the next answer to such a request. */
  public static void setTunnelDecoder(ChannelPipeline pipeline, ChannelHandler decoder) {
    remove(pipeline, TUNNEL_DECODER);
    pipeline.addBefore(TUNNEL, TUNNEL_DECODER, decoder);
  }

  /** Removes what has encoded and decoded, as the tunnel is open. */
  public static void removeTunnelCodec(ChannelPipeline pipeline) {
    remove(pipeline, TUNNEL_DECODER);
    remove(pipeline, TUNNEL_ENCODER);
  }

  // ---- Protocols ----

  /**
   * Adds HTTP/1.1.
   *
   * @param wire sees bytes
   * @param exchange gets bytes, and writes HTTP messages
   */
  public static void addHttp1(
      ChannelPipeline pipeline, ChannelHandler wire, ChannelHandler exchange) {
    pipeline
        .addLast(WIRE, wire)
        .addLast(HTTP_ENCODER, new RequestEncoder())
        .addLast(EXCHANGE, exchange);
  }

  /**
   * Replaces HTTP/1.1, if it is there, by the protocol that the server has switched to.
   *
   * @param next adds that protocol
   * @param handOver passes on what the server has said in it so far; takes the context of the last
   *     handler of HTTP/1.1
   */
  public static void replaceHttp1(
      ChannelPipeline pipeline,
      Consumer<ChannelPipeline> next,
      Consumer<ChannelHandlerContext> handOver) {
    ChannelHandlerContext last = pipeline.context(EXCHANGE);
    if (last != null) {
      // What the others write as they are added is not for the encoder.
      pipeline.remove(WIRE);
      pipeline.remove(HTTP_ENCODER);
    }
    next.accept(pipeline);
    if (last != null) {
      handOver.accept(last);
      pipeline.remove(EXCHANGE);
    }
  }

  /**
   * {@return what adds HTTP/2}
   *
   * @param greeting sees what comes first
   * @param wire sees bytes
   * @param frames gets bytes, and writes frames
   */
  public static Consumer<ChannelPipeline> http2(
      ChannelHandler greeting, ChannelHandler wire, ChannelHandler frames) {
    return pipeline ->
        pipeline
            .addLast("http2-greeting", greeting)
            .addLast("http2-wire", wire)
            .addLast("http2-frames", frames);
  }

  /**
   * {@return what adds WebSocket}
   *
   * @param maxFrameBytes how large a frame of the peer may be
   * @param messages gets frames, and writes them
   */
  public static Consumer<ChannelPipeline> webSocket(int maxFrameBytes, ChannelHandler messages) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .maxFramePayloadLength(maxFrameBytes)
            .build();
    return pipeline ->
        pipeline
            .addLast("websocket-decoder", new WebSocket13FrameDecoder(config))
            .addLast("websocket-encoder", new WebSocket13FrameEncoder(true))
            .addLast("websocket", messages);
  }

  private static void remove(ChannelPipeline pipeline, String name) {
    if (pipeline.get(name) != null) {
      pipeline.remove(name);
    }
  }
}
