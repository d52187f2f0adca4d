package io.httptrace.apache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.apache.hc.core5.http2.impl.DefaultH2RequestConverter;
import org.jspecify.annotations.Nullable;

/** The exchange of one request and its response, on the I/O thread of its connection. */
final class ApacheAsyncExchange extends ApacheAsyncHandler {
  private final ApacheRoundTrip roundTrip;
  private final ApacheAsyncRuntime runtime;

  private @Nullable HttpRequest request;
  private boolean hasBody;
  private boolean wroteHead;
  private boolean expectsContinue;
  private boolean bodyBegun;
  private volatile boolean aborted;

  /**
   * Makes one.
   *
   * @param handler writes the request and reads the response
   * @param roundTrip is told of it
   * @param runtime the call's
   */
  ApacheAsyncExchange(
      AsyncClientExchangeHandler handler, ApacheRoundTrip roundTrip, ApacheAsyncRuntime runtime) {
    super(handler);
    this.roundTrip = roundTrip;
    this.runtime = runtime;
  }

  // ---- Writing

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    runtime.gotConnection(HttpCoreContext.cast(context).getEndpointDetails());
    handler.produceRequest(
        (produced, body, c) -> {
          request = produced;
          hasBody = body != null;
          try {
            // It begins with the body, too, unless it has to wait.
            channel.sendRequest(produced, body, c);
          } catch (HttpException | IOException | RuntimeException failed) {
            roundTrip.wroteRequest(failed);
            throw failed;
          }
          wroteHead(produced);
        },
        context);
  }

  private void wroteHead(HttpRequest sent) {
    if (wroteHead) {
      return;
    }
    wroteHead = true;
    Header expect = hasBody ? sent.getFirstHeader(HttpHeaders.EXPECT) : null;
    expectsContinue = expect != null && HeaderElements.CONTINUE.equalsIgnoreCase(expect.getValue());
    if (runtime.isHttp2()) {
      roundTrip.wroteHttp2Fields(http2Fields(sent));
    } else {
      roundTrip.wroteFields(sent.getHeaders());
    }
    roundTrip.wroteHeaders();
    if (!hasBody) {
      roundTrip.wroteRequest(null);
    } else if (expectsContinue) {
      roundTrip.waitsFor100();
    }
  }

  /** {@return the fields as the client converts them for HTTP/2} */
  private static List<Header> http2Fields(HttpRequest sent) {
    try {
      return DefaultH2RequestConverter.INSTANCE.convert(sent);
    } catch (HttpException refused) {
      return List.of(); // The client has done the same, and fails.
    }
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    bodyBegun = true;
    HttpRequest sent = request;
    if (sent != null) {
      wroteHead(sent);
    }
    try {
      handler.produce(
          new DataStreamChannel() {
            @Override
            public void requestOutput() {
              channel.requestOutput();
            }

            @Override
            public int write(ByteBuffer part) throws IOException {
              return channel.write(part);
            }

            @Override
            public void endStream() throws IOException {
              channel.endStream();
              roundTrip.wroteRequest(null);
            }

            @Override
            public void endStream(List<? extends Header> trailers) throws IOException {
              channel.endStream(trailers);
              roundTrip.wroteRequest(null);
            }
          });
    } catch (IOException | RuntimeException failed) {
      roundTrip.wroteRequest(failed);
      throw failed;
    }
  }

  // ---- The response

  /**
   * {@inheritDoc}
   *
   * @throws HttpException if a hook aborts the request. The client takes an {@link IOException} for
   *     one of the connection, and might repeat the request.
   */
  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    roundTrip.firstByte();
    if (response.getCode() != HttpStatus.SC_SWITCHING_PROTOCOLS) {
      try {
        roundTrip.informational(response);
      } catch (IOException | RuntimeException | Error aborting) {
        abort(new HttpException("a hook has aborted the request", aborting));
        return;
      }
    }
    handler.consumeInformation(response, context);
  }

  private void abort(HttpException aborting) throws HttpException, IOException {
    if (!runtime.isHttp2()) {
      throw aborting;
    }
    // That would close the connection, which others use.
    aborted = true;
    handler.failed(aborting);
    throw new H2StreamResetException(H2Error.CANCEL, "a hook has aborted the request");
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails details, HttpContext context)
      throws HttpException, IOException {
    roundTrip.firstByte();
    if (expectsContinue && !bodyBegun) {
      roundTrip.wroteRequest(null);
    }
    roundTrip.gotResponse(response, protocol(response));
    if (details == null) {
      roundTrip.bodyEnds();
    }
    handler.consumeResponse(response, details, context);
  }

  private String protocol(HttpResponse response) {
    if (runtime.isHttp2()) {
      return "HTTP/2";
    }
    ProtocolVersion version = response.getVersion();
    return version == null ? "HTTP/1.1" : version.toString();
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
    roundTrip.bodyEnds();
    handler.streamEnd(trailers);
  }

  @Override
  public void failed(Exception cause) {
    if (aborted) {
      return; // It has failed already.
    }
    roundTrip.fails(cause);
    handler.failed(cause);
  }
}
