package io.httptrace.apache;

import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.apache.ApacheSupports.Pool;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The tracing of one classic client: three interceptors of its execution chain. One finds the trace
 * of each call; one, before the connection is got, begins each round trip; and one, behind that,
 * tells which connection it has got.
 */
final class ClassicTracing {
  private static final String NAME = "httptrace";

  private final ClientTraces<HttpRequest> traces;
  private final ApacheConnections connections = new ApacheConnections();
  private final @Nullable ClassicOperator operator;

  /** The calls that ask the connection manager for a connection, by their threads. */
  private final Map<Thread, ClassicExecRuntime> leasing = new ConcurrentHashMap<>();

  private volatile boolean operatorUsed;
  private volatile boolean managerUsed = true;

  /**
   * Makes one.
   *
   * @param traces where traces come from
   * @param operator makes the connections; null if the client has a connection manager of its own
   */
  ClassicTracing(ClientTraces<HttpRequest> traces, @Nullable ClassicOperator operator) {
    this.traces = traces;
    this.operator = operator;
    this.operatorUsed = operator != null;
  }

  /** Installs it in a client that is being built. */
  void install(HttpClientBuilder builder, HttpClientConnectionManager manager) {
    builder
        .setConnectionManager(ClassicManager.of(manager, leasing))
        .addExecInterceptorFirst(NAME, this::call)
        .addExecInterceptorBefore(ChainElement.CONNECT.name(), NAME + "-begin", this::roundTrip)
        .addExecInterceptorAfter(ChainElement.CONNECT.name(), NAME + "-connected", this::connected);
  }

  ApacheConnections connections() {
    return connections;
  }

  /** {@return how many calls are asking for a connection} */
  int leasing() {
    return leasing.size();
  }

  HookSupport support() {
    ClassicOperator connecting = operator;
    Pool pool = managerUsed ? (operatorUsed ? Pool.BUILT : Pool.PASSED) : Pool.REPLACED;
    return ApacheSupports.ofClassic(pool, connecting != null && connecting.hasSocksProxy());
  }

  /** A connection was made, but not by the operator. */
  void operatorIsNotUsed() {
    operatorUsed = false;
  }

  /** A connection was leased, but not from the connection manager that was installed. */
  void managerIsNotUsed() {
    if (managerUsed) {
      managerUsed = false;
      ApacheSupports.warnOfManager("most hooks");
    }
  }

  private ClassicHttpResponse call(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    // It may have been installed twice: then the other one traces the call.
    CallHooks hooks =
        scope.execRuntime instanceof ClassicExecRuntime
            ? null
            : hooks(request, scope.clientContext);
    if (hooks == null) {
      return chain.proceed(request, scope);
    }
    ApacheCall call = new ApacheCall(hooks, connections);
    ClassicExecRuntime runtime = new ClassicExecRuntime(scope.execRuntime, call, this);
    call.enter(scope.clientContext);
    try {
      ClassicHttpResponse response =
          chain.proceed(
              request,
              new ExecChain.Scope(
                  scope.exchangeId,
                  scope.route,
                  scope.originalRequest,
                  runtime,
                  scope.clientContext));
      runtime.returned();
      return response;
    } catch (Throwable thrown) {
      call.failed(thrown, runtime.isExecutionAborted());
      call.over();
      throw thrown;
    } finally {
      call.leave(scope.clientContext);
    }
  }

  private @Nullable CallHooks hooks(HttpRequest request, HttpClientContext context) {
    return traces.hooks(request, ApacheTraces.of(context), TraceContext.current().clientTrace());
  }

  private ClassicHttpResponse roundTrip(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicExecRuntime runtime = traced(scope);
    if (runtime == null) {
      return chain.proceed(request, scope);
    }
    runtime.begin(request, scope.route, support());
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      runtime.responded(response);
      return response;
    } catch (Throwable thrown) {
      runtime.failed(thrown);
      throw thrown;
    }
  }

  private ClassicHttpResponse connected(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicExecRuntime runtime = traced(scope);
    if (runtime != null) {
      runtime.connected(scope.clientContext);
    }
    return chain.proceed(request, scope);
  }

  private @Nullable ClassicExecRuntime traced(ExecChain.Scope scope) {
    return scope.execRuntime instanceof ClassicExecRuntime runtime && runtime.isOf(this)
        ? runtime
        : null;
  }

  /** Has the connection manager know the call that asks it for a connection on this thread. */
  void lease(ClassicExecRuntime runtime, Acquisition acquisition) throws IOException {
    Thread thread = Thread.currentThread();
    ClassicExecRuntime outer = leasing.put(thread, runtime);
    try {
      acquisition.acquire();
    } finally {
      if (outer == null) {
        leasing.remove(thread);
      } else {
        leasing.put(thread, outer);
      }
    }
  }

  /** Asks for a connection. */
  @FunctionalInterface
  interface Acquisition {
    void acquire() throws IOException;
  }
}
