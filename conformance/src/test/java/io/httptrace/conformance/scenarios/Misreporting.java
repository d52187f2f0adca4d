package io.httptrace.conformance.scenarios;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.OpenClient;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that does right, between which and the traces somebody tells what he likes. */
record Misreporting(
    HookSupport support,
    Misreport misreport,
    List<MaskedArgument> maskedArguments,
    List<Deviation> deviations,
    Capabilities capabilities)
    implements ClientUnderTest {

  Misreporting(HookSupport support, Misreport misreport) {
    this(support, misreport, List.of(), List.of(), Capabilities.all());
  }

  /** {@return an adapter that tells everything, and all of it right} */
  static Misreporting right() {
    return new Misreporting(HookSupport.allExact(), Call::to);
  }

  Misreporting misreporting(Misreport other) {
    return new Misreporting(support, other, maskedArguments, deviations, capabilities);
  }

  Misreporting masking(MaskedArgument... masks) {
    return new Misreporting(support, misreport, List.of(masks), deviations, capabilities);
  }

  Misreporting deviating(Deviation... others) {
    return new Misreporting(support, misreport, maskedArguments, List.of(others), capabilities);
  }

  Misreporting having(Capabilities some) {
    return new Misreporting(support, misreport, maskedArguments, deviations, some);
  }

  /** Tells traces of a call of a hook, or does not. */
  interface Misreport {
    /**
     * Tells.
     *
     * @param call the call
     * @param traces the traces of the requests of the client so far; it belongs to the last one
     */
    void tell(Call call, List<ClientTrace> traces) throws IOException;
  }

  record Call(Method method, List<@Nullable Object> arguments) {
    boolean is(Hook hook) {
      return method.getName().equals(hook.methodName());
    }

    void to(List<ClientTrace> traces) throws IOException {
      try {
        method.invoke(traces.get(traces.size() - 1), arguments.toArray());
      } catch (InvocationTargetException | IllegalAccessException e) {
        throw new IOException("a trace of the kit throws nothing here", e);
      }
    }
  }

  @Override
  public String name() {
    return "wrong";
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    OpenClient client = new BlockingClient(BlockingClient.Fault.NONE).open(settings);
    List<ClientTrace> traces = new ArrayList<>();
    return new OpenClient() {
      @Override
      public ClientCall newCall(ClientRequest request) {
        traces.add(request.trace());
        return client.newCall(with(request, between(List.copyOf(traces))));
      }

      @Override
      public void close() throws IOException {
        client.close();
      }
    };
  }

  private ClientTrace between(List<ClientTrace> traces) {
    return (ClientTrace)
        Proxy.newProxyInstance(
            ClientTrace.class.getClassLoader(),
            new Class<?>[] {ClientTrace.class},
            (proxy, method, arguments) -> {
              if (method.getReturnType() != void.class) {
                return method.invoke(traces.get(0), arguments);
              }
              List<@Nullable Object> all = arguments == null ? List.of() : Arrays.asList(arguments);
              misreport.tell(new Call(method, all), traces);
              return null;
            });
  }

  private static ClientRequest with(ClientRequest request, ClientTrace trace) {
    return new ClientRequest(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        request.expectContinue(),
        request.timeout(),
        List.of(trace));
  }
}
