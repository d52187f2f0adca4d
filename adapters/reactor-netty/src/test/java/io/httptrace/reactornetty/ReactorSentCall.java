package io.httptrace.reactornetty;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.body.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/** A call of Reactor Netty for somebody who blocks. */
final class ReactorSentCall implements ClientCall {
  private final HttpClient client;
  private final ClientRequest request;
  private final CompletableFuture<ClientResponse> response = new CompletableFuture<>();
  private final BlockingBody body = new BlockingBody();
  private volatile String version = "";

  ReactorSentCall(HttpClient client, ClientRequest request) {
    this.client = client;
    this.request = request;
  }

  @Override
  public ClientResponse send() throws Exception {
    Flux<byte[]> content =
        client
            .headers(
                fields ->
                    request.headers().forEach(field -> fields.add(field.name(), field.value())))
            .request(HttpMethod.valueOf(request.method()))
            .uri(request.uri().toString())
            .send(this::sendBody)
            .responseConnection(this::received)
            .contextWrite(context -> context.put(ClientTrace.class, request.trace()))
            .doOnError(response::completeExceptionally);
    if (request.timeout() != null) {
      var unused =
          Mono.delay(request.timeout()).subscribe(time -> stop(new TimeoutException("time is up")));
    }
    content.subscribe(body);
    try {
      return response.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private Publisher<Void> sendBody(HttpClientRequest head, NettyOutbound out) {
    out.withConnection(connection -> connection.addHandlerLast(new VersionHandler()));
    RequestBody sent = request.body();
    if (sent == null) {
      return out;
    }
    if (sent.length() >= 0) {
      head.header("Content-Length", String.valueOf(sent.length()));
    }
    Flux<ByteBuf> parts =
        JdkFlowAdapter.flowPublisherToFlux(sent.publisher()).map(Unpooled::wrappedBuffer);
    return out.send(parts, part -> true);
  }

  /** Sees which HTTP/1 the server speaks, which Reactor Netty does not tell. */
  private final class VersionHandler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      if (msg instanceof HttpResponse head) {
        version = head.protocolVersion().text();
      }
      ctx.fireChannelRead(msg);
    }
  }

  private Publisher<byte[]> received(HttpClientResponse head, Connection connection) {
    body.channel(connection.channel());
    String known = head.version().text();
    response.complete(
        new ClientResponse(
            head.status().code(), known.startsWith("HTTP/1") ? version : known, body.stream()));
    return connection.inbound().receive().asByteArray();
  }

  @Override
  public void cancel() {
    stop(new CancellationException("cancelled"));
  }

  private void stop(Exception reason) {
    body.stop(reason);
    response.completeExceptionally(reason);
  }
}
