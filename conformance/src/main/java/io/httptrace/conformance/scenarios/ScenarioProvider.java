package io.httptrace.conformance.scenarios;

import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.run.Run;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.TestWatcher;

/** Runs each method marked as a {@link Scenario} once, or not at all if it does not apply. */
final class ScenarioProvider implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestInstance() instanceof Scenarios;
  }

  @Override
  public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Scenarios scenarios = (Scenarios) context.getRequiredTestInstance();
    Method method = context.getRequiredTestMethod();
    ScenarioReport tally = ScenarioReport.of(context, scenarios.client().name());
    if (scenarios.whyNot(method).isPresent()) {
      tally.notApplicable();
      return Stream.empty();
    }
    return Stream.of(new Once(scenarios, method, tally));
  }

  private record Once(Scenarios scenarios, Method method, ScenarioReport tally)
      implements TestTemplateInvocationContext, ParameterResolver, TestWatcher {

    @Override
    public String getDisplayName(int invocationIndex) {
      GoldenRecording recording =
          GoldenRecording.load(method.getAnnotation(Scenario.class).value());
      return recording.name() + ": " + recording.description();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Run.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return scenarios.newRun(method);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
      tally.passed();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
      tally.failed();
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
      tally.failed();
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
      tally.failed();
    }
  }
}
