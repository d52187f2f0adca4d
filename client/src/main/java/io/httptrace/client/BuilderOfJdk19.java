package io.httptrace.client;

import java.net.InetAddress;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The method that JDK 19 added to {@link HttpClient.Builder}, with its return type there. Without
 * this interface the method of a class that is compiled for an older JDK, which returns that class,
 * would not override it.
 */
interface BuilderOfJdk19 extends HttpClient.Builder {
  @SuppressWarnings("MissingOverride")
  HttpClient.Builder localAddress(@Nullable InetAddress localAddress);
}
