package io.httptrace.conformance;

import io.httptrace.conformance.body.PublishedBody;

/** One request on its way. */
public interface ClientCall {

  /**
   * Sends the request and waits for the head of the response. The adapter must not read the body
   * ahead more than the client does by itself: a connection becomes idle when the caller has read
   * the body to its end. Over {@code java.net.http} use a body handler that streams, and ask its
   * publisher for more only when the {@linkplain ClientResponse#body() body} is read ({@link
   * PublishedBody} does that).
   *
   * <p>Called once, on a thread of the scenario, which counts as the caller's thread.
   *
   * @return the response
   * @throws Exception the exception of the client, as the client throws it; an {@link
   *     java.util.concurrent.ExecutionException} or {@link
   *     java.util.concurrent.CompletionException} around it does no harm
   */
  ClientResponse send() throws Exception;

  /**
   * Cancels the request. It may be called at any time and from any thread: before {@link #send()}
   * has something that can be cancelled (then it takes effect as soon as there is), from inside a
   * hook, and while the body is being read. Does nothing after the end.
   */
  void cancel();
}
