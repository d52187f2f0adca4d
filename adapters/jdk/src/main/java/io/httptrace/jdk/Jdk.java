package io.httptrace.jdk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of the JDK's client. Its package must be open to us before this class is used.
 * What this JDK does not have is read as null, and named by {@link #missing}. No class of the
 * client is initialized by it, which would read properties before the program has set them.
 */
final class Jdk {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final List<String> MISSING = new ArrayList<>();

  private static final MethodHandle USER_REQUEST = field("MultiExchange", "userRequest");
  private static final MethodHandle CURRENT_REQUEST = field("MultiExchange", "currentreq");
  private static final MethodHandle PREVIOUS_REQUEST = field("MultiExchange", "previousreq");
  private static final MethodHandle ATTEMPTS = field("MultiExchange", "attempts");
  private static final MethodHandle MAX_ATTEMPTS = maxAttemptsOfThisJdk();
  private static final MethodHandle CANCELLED = field("MultiExchange", "cancelled");
  private static final MethodHandle CANCELLED_BY_CALLER =
      method("MultiExchange", "requestCancelled");
  private static final MethodHandle EXECUTOR = field("MultiExchange", "executor");
  private static final MethodHandle DELEGATE =
      method("HttpClientImpl$DelegatingExecutor", "delegate");
  private static final MethodHandle MULTI = field("Exchange", "multi");
  private static final MethodHandle UPGRADING = field("Exchange", "upgrading");
  private static final MethodHandle EXCHANGE = field("ExchangeImpl", "exchange");
  private static final MethodHandle CANCEL_EXCHANGE =
      method("ExchangeImpl", "cancel", IOException.class);
  private static final MethodHandle HTTP1_OF_RESPONSE = field("Http1Response", "exchange");
  private static final MethodHandle STATUS_OF_HTTP1 = field("Http1Response", "responseCode");
  private static final MethodHandle RESPONSE_OF_READER =
      field("Http1Response$HeadersReader", "this$0");
  private static final MethodHandle STATE = field("Http1Exchange", "state");
  private static final MethodHandle OWNER = field("Http1AsyncReceiver", "owner");
  private static final MethodHandle HTTP1_OF_REQUEST = field("Http1Request", "http1Exchange");
  private static final MethodHandle PUBLISHER =
      field("Http1Exchange$Http1Publisher$Http1WriteSubscription", "this$1");
  private static final MethodHandle HTTP1_OF_PUBLISHER =
      field("Http1Exchange$Http1Publisher", "this$0");
  private static final MethodHandle PROXY = method("HttpRequestImpl", "proxy");
  private static final MethodHandle EXPECTS_CONTINUE = field("HttpRequestImpl", "expectContinue");
  private static final MethodHandle BODY = field("HttpRequestImpl", "requestPublisher");
  private static final MethodHandle CONNECTED = method("HttpConnection", "connected");
  private static final MethodHandle SECURE = method("HttpConnection", "isSecure");
  private static final MethodHandle TUNNEL = method("HttpConnection", "isTunnel");
  private static final MethodHandle PROXY_OF_CONNECTION = method("HttpConnection", "proxy");
  private static final MethodHandle CHANNEL = method("HttpConnection", "channel");
  private static final MethodHandle ADDRESS = field("HttpConnection", "address");
  private static final MethodHandle ENGINE = method("AbstractAsyncSSLConnection", "getEngine");
  private static final MethodHandle CONNECTION_OF_HTTP2 = field("Http2Connection", "connection");
  private static final MethodHandle STREAMS = field("Http2Connection", "streams");
  private static final MethodHandle ENDED = field("Stream", "deRegistered");
  private static final MethodHandle ERROR_OF_STREAM = field("Stream", "errorRef");
  private static final MethodHandle PSEUDO_FIELDS = field("Stream", "requestPseudoHeaders");
  private static final MethodHandle USER_FIELDS = method("frame.OutgoingHeaders", "getUserHeaders");
  private static final MethodHandle SYSTEM_FIELDS =
      method("frame.OutgoingHeaders", "getSystemHeaders");
  private static final MethodHandle STATUS = method("Response", "statusCode");
  private static final MethodHandle FIELDS = method("Response", "headers");
  private static final MethodHandle VERSION = method("Response", "version");
  private static final @Nullable Class<?> STREAM = find("Stream");
  private static final @Nullable Class<?> SELECTOR_THREAD = find("HttpClientImpl$SelectorManager");

  private Jdk() {}

  /** {@return the members that this JDK does not have} */
  static List<String> missing() {
    return List.copyOf(MISSING);
  }

  static @Nullable Class<?> find(String name) {
    try {
      return Class.forName(
          Bridge.PACKAGE + "." + name, false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException none) {
      MISSING.add(name);
      return null;
    }
  }

  private static MethodHandle field(String owner, String name) {
    Class<?> type = find(owner);
    for (Class<?> t = type; t != null; t = t.getSuperclass()) {
      try {
        Field field = t.getDeclaredField(name);
        return loose(
            MethodHandles.privateLookupIn(t, MethodHandles.lookup()).unreflectGetter(field));
      } catch (NoSuchFieldException next) {
        // Perhaps its superclass has it.
      } catch (IllegalAccessException closed) {
        break;
      }
    }
    return none(owner + "." + name);
  }

  private static MethodHandle method(String owner, String name, Class<?>... parameters) {
    Class<?> type = find(owner);
    for (Class<?> t = type; t != null; t = t.getSuperclass()) {
      try {
        Method method = t.getDeclaredMethod(name, parameters);
        MethodHandle handle =
            MethodHandles.privateLookupIn(t, MethodHandles.lookup()).unreflect(method);
        return loose(handle);
      } catch (NoSuchMethodException next) {
        // Perhaps its superclass has it.
      } catch (IllegalAccessException closed) {
        break;
      }
    }
    return none(owner + "." + name);
  }

  private static MethodHandle maxAttemptsOfThisJdk() {
    try {
      Class<?> type = find("MultiExchange");
      if (type != null) {
        Field field = type.getDeclaredField("max_attempts");
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).unreflectGetter(field);
      }
    } catch (ReflectiveOperationException none) {
      MISSING.add("MultiExchange.max_attempts");
    }
    return MethodHandles.constant(int.class, Integer.MAX_VALUE);
  }

  private static MethodHandle loose(MethodHandle handle) {
    return handle.asType(MethodType.genericMethodType(handle.type().parameterCount()));
  }

  private static MethodHandle none(String name) {
    MISSING.add(name);
    return MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, Object.class);
  }

  private static @Nullable Object get(MethodHandle handle, @Nullable Object of) {
    if (of == null) {
      return null;
    }
    try {
      return (Object) handle.invokeExact(of);
    } catch (RuntimeException | Error unchecked) {
      throw unchecked;
    } catch (Throwable checked) {
      throw new IllegalStateException(checked);
    }
  }

  private static boolean is(MethodHandle handle, @Nullable Object of) {
    return get(handle, of) instanceof Boolean is && is;
  }

  // ---- Whose event it is ----

  static @Nullable JdkCall callOfMulti(@Nullable Object multi) {
    return get(USER_REQUEST, multi) instanceof CallRequest request ? request.call() : null;
  }

  static @Nullable JdkCall callOfExchange(@Nullable Object exchange) {
    return callOfMulti(get(MULTI, exchange));
  }

  /** {@return the call of an exchange over HTTP/1.1 or of a stream} */
  static @Nullable JdkCall callOfImpl(@Nullable Object impl) {
    return callOfExchange(get(EXCHANGE, impl));
  }

  static @Nullable Object implOfResponse(@Nullable Object response) {
    return get(HTTP1_OF_RESPONSE, response);
  }

  static @Nullable Object implOfReader(@Nullable Object reader) {
    return implOfResponse(get(RESPONSE_OF_READER, reader));
  }

  static @Nullable Object implOfReceiver(@Nullable Object receiver) {
    return get(OWNER, receiver);
  }

  static @Nullable Object implOfRequest(@Nullable Object http1Request) {
    return get(HTTP1_OF_REQUEST, http1Request);
  }

  static @Nullable Object implOfSubscription(@Nullable Object subscription) {
    return get(HTTP1_OF_PUBLISHER, get(PUBLISHER, subscription));
  }

  // ---- Calls and exchanges ----

  static @Nullable Object currentRequest(Object multi) {
    return get(CURRENT_REQUEST, multi);
  }

  static boolean isRetry(Object multi) {
    Object current = get(CURRENT_REQUEST, multi);
    return current != null && current == get(PREVIOUS_REQUEST, multi);
  }

  static int attempts(Object multi) {
    return get(ATTEMPTS, multi) instanceof Number number ? number.intValue() : 0;
  }

  /**
   * {@return how many round trips a call may have} Read only when there is one: it is a property
   * that the program may set before.
   */
  static int maxAttempts() {
    try {
      return (int) MAX_ATTEMPTS.invokeExact();
    } catch (RuntimeException | Error unchecked) {
      throw unchecked;
    } catch (Throwable checked) {
      throw new IllegalStateException(checked);
    }
  }

  static @Nullable Object multiOf(Object exchange) {
    return get(MULTI, exchange);
  }

  static @Nullable Object multiOfImpl(Object impl) {
    return get(MULTI, get(EXCHANGE, impl));
  }

  static boolean isCancelled(@Nullable Object multi) {
    return is(CANCELLED, multi);
  }

  static boolean isCancelledByCaller(@Nullable Object multi) {
    return is(CANCELLED_BY_CALLER, multi);
  }

  static @Nullable Executor executor(Object multi) {
    return get(DELEGATE, get(EXECUTOR, multi)) instanceof Executor executor ? executor : null;
  }

  /** {@return whether an exchange has asked for HTTP/2} */
  static boolean isUpgrading(@Nullable Object impl) {
    return is(UPGRADING, get(EXCHANGE, impl));
  }

  /** {@return whether a response of HTTP/1.1 is the answer that HTTP/2 begins after} */
  static boolean isUpgraded(@Nullable Object impl, Object http1Response) {
    return isUpgrading(impl)
        && get(STATUS_OF_HTTP1, http1Response) instanceof Integer status
        && status == SWITCHING_PROTOCOLS;
  }

  /** {@return whether an exchange is over HTTP/2} */
  static boolean isStream(Object impl) {
    return STREAM != null && STREAM.isInstance(impl);
  }

  static void cancel(Object impl, IOException cause) {
    try {
      CANCEL_EXCHANGE.invoke(impl, cause);
    } catch (Throwable thrown) {
      Problems.fault("a cancel", thrown);
    }
  }

  /**
   * {@return whether the request has been sent to its end} Over HTTP/1.1 the client also says that
   * it has been sent when the connection has ended before.
   */
  static boolean isSent(Object impl) {
    if (isStream(impl)) {
      return true;
    }
    String state = String.valueOf(get(STATE, impl));
    return state.equals("COMPLETING") || state.equals("COMPLETED");
  }

  static @Nullable Throwable errorOfStream(Object stream) {
    return get(ERROR_OF_STREAM, stream) instanceof AtomicReference<?> error
            && error.get() instanceof Throwable thrown
        ? thrown
        : null;
  }

  // ---- Requests and responses ----

  static @Nullable InetSocketAddress proxyOf(Object request) {
    return get(PROXY, request) instanceof InetSocketAddress address ? address : null;
  }

  /** {@return whether the body waits for 100} */
  static boolean expectsContinue(Object request) {
    return is(EXPECTS_CONTINUE, request);
  }

  static boolean hasBody(Object request) {
    return get(BODY, request) instanceof HttpRequest.BodyPublisher body
        && body.contentLength() != 0;
  }

  static int status(Object response) {
    return (Integer) requireNonNull(get(STATUS, response));
  }

  static HttpHeaders fields(Object response) {
    return (HttpHeaders) requireNonNull(get(FIELDS, response));
  }

  static String protocol(Object response) {
    return String.valueOf(get(VERSION, response)).equals("HTTP_2") ? "HTTP/2" : "HTTP/1.1";
  }

  static @Nullable HttpHeaders pseudoFields(Object stream) {
    return (HttpHeaders) get(PSEUDO_FIELDS, stream);
  }

  static @Nullable HttpHeaders systemFields(Object frame) {
    return (HttpHeaders) get(SYSTEM_FIELDS, frame);
  }

  static @Nullable HttpHeaders userFields(Object frame) {
    return (HttpHeaders) get(USER_FIELDS, frame);
  }

  // ---- Connections ----

  static boolean isConnected(Object connection) {
    return is(CONNECTED, connection);
  }

  static boolean isSecure(Object connection) {
    return is(SECURE, connection);
  }

  static boolean isTunnel(Object connection) {
    return is(TUNNEL, connection);
  }

  static @Nullable SocketChannel channel(Object connection) {
    return (SocketChannel) get(CHANNEL, connection);
  }

  static @Nullable InetSocketAddress address(Object connection) {
    return (InetSocketAddress) get(ADDRESS, connection);
  }

  static @Nullable InetSocketAddress proxyOfConnection(Object connection) {
    return (InetSocketAddress) get(PROXY_OF_CONNECTION, connection);
  }

  static @Nullable SSLEngine engine(Object connection) {
    return isSecure(connection) ? (SSLEngine) get(ENGINE, connection) : null;
  }

  static @Nullable Object connectionOfHttp2(Object http2) {
    return get(CONNECTION_OF_HTTP2, http2);
  }

  /**
   * {@return whether a connection has streams, apart from one that has just failed, and from those
   * that have ended: their callers have the body, or the error, before they are removed}
   */
  static boolean hasStreams(Object http2, @Nullable Object failed) {
    if (get(STREAMS, http2) instanceof Map<?, ?> streams) {
      for (Object stream : streams.values()) {
        if (stream != failed && !is(ENDED, stream) && errorOfStream(stream) == null) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean onSelectorThread() {
    return SELECTOR_THREAD != null && SELECTOR_THREAD.isInstance(Thread.currentThread());
  }
}
