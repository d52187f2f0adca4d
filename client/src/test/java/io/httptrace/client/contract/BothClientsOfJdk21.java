package io.httptrace.client.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that runs with each {@link Subject}, but with the JDK's client only from JDK 21 on: an
 * older one lacks what is tested.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@MethodSource("io.httptrace.client.contract.Subject#ofJdk21")
@interface BothClientsOfJdk21 {}
