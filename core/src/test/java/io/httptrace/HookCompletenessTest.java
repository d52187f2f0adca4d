package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that lists the hooks by hand knows all of them. */
class HookCompletenessTest {

  static List<Method> hooks() {
    return Hooks.all();
  }

  @Test
  void thereAreTheSixteenOfGoAndSixMore() {
    assertThat(Hooks.all()).hasSize(22);
  }

  @Test
  void theConstantsAreTheHooksTheSixteenOfGoFirst() {
    assertThat(Hook.values())
        .as("each method of ClientTrace needs a constant of Hook")
        .extracting(Hook::methodName)
        .containsExactlyInAnyOrderElementsOf(Hooks.all().stream().map(Method::getName).toList());
    assertThat(Arrays.stream(Hook.values()).takeWhile(Hook::isOfGo)).hasSize(16);
    assertThat(Arrays.stream(Hook.values()).filter(Hook::isOfGo)).hasSize(16);
  }

  @ParameterizedTest
  @EnumSource(Hook.class)
  void aConstantIsNamedAfterItsMethodAndSaysSo(Hook hook) {
    assertThat(hook.name().replace("_", "")).isEqualToIgnoringCase(hook.methodName());
    assertThat(hook).hasToString(hook.methodName());
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void theConstantCallsItsMethod(Method method) throws IOException {
    List<String> calls = new ArrayList<>();
    Hook hook = constant(method);

    hook.call(Hooks.listing("trace", calls), Hooks.arguments(method));

    assertThat(calls).containsExactlyElementsOf(Hooks.calls(method, "trace"));
    assertThat(hook.parameterCount()).isEqualTo(method.getParameterCount());
  }

  @Test
  void aConstantRefusesOtherArguments() {
    ClientTrace trace = new ClientTrace() {};

    assertThatThrownBy(() -> Hook.CONNECT_START.call(trace, "tcp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("connectStart takes 2 arguments, not 1");
    assertThatThrownBy(() -> Hook.GET_CONN.call(trace, 1)).isInstanceOf(ClassCastException.class);
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void anUnsetHookDoesNothing(Method hook) {
    assertThat(hook.isDefault()).isTrue();
    assertThatCode(() -> Hooks.call(new ClientTrace() {}, hook, Hooks.arguments(hook)))
        .doesNotThrowAnyException();
    assertThatCode(() -> Hooks.call(ClientTrace.builder().build(), hook, Hooks.arguments(hook)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void theBuilderCallsItsFunction(Method hook) throws Throwable {
    List<String> calls = new ArrayList<>();
    Method setter = setter(hook);
    Class<?> type = setter.getParameterTypes()[0];
    Object function =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              calls.add(Hooks.text(hook, arguments == null ? new Object[0] : arguments));
              return null;
            });
    ClientTraceBuilder builder = ClientTrace.builder();

    assertThat(setter.invoke(builder, function)).isSameAs(builder);
    Hooks.call(builder.build(), hook, Hooks.arguments(hook));

    assertThat(calls).containsExactly(Hooks.text(hook, Hooks.arguments(hook)));
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void theBuilderRefusesNull(Method hook) {
    assertThatCode(
            () -> {
              try {
                setter(hook).invoke(ClientTrace.builder(), (Object) null);
              } catch (ReflectiveOperationException e) {
                throw e.getCause();
              }
            })
        .isInstanceOf(NullPointerException.class)
        .hasMessage("hook");
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void theCompositionCallsNewerThenOlder(Method hook) throws Throwable {
    List<String> calls = new ArrayList<>();
    ClientTrace composed =
        ComposedTrace.compose(Hooks.listing("newer", calls), Hooks.listing("older", calls));

    Hooks.call(composed, hook, Hooks.arguments(hook));

    assertThat(calls).containsExactlyElementsOf(Hooks.calls(hook, "newer", "older"));
  }

  private static Hook constant(Method method) {
    return Arrays.stream(Hook.values())
        .filter(hook -> hook.methodName().equals(method.getName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no constant of Hook for " + method.getName()));
  }

  private static Method setter(Method hook) {
    return Arrays.stream(ClientTraceBuilder.class.getMethods())
        .filter(method -> method.getName().equals(hook.getName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the builder does not know " + hook.getName()));
  }
}
