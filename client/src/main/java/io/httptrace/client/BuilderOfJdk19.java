package io.httptrace.client;

import java.net.InetAddress;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What JDK 19 added to {@link HttpClient.Builder}, with the return type it has there: without it
 * the method of a class compiled for an older JDK, which returns that class, would not override it.
 */
interface BuilderOfJdk19 extends HttpClient.Builder {
  @SuppressWarnings("MissingOverride")
  HttpClient.Builder localAddress(@Nullable InetAddress localAddress);
}
