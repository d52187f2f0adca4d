package io.httptrace.client.call;

import java.net.http.HttpResponse.BodySubscriber;
import java.util.Set;

/** What is known of the subscribers that come with the JDK. */
final class JdkSubscribers {
  private static final String HOME = "jdk.internal.net.http.";

  /**
   * Their {@code getBody()} gives a future of their own; others ask a subscriber of the caller's.
   */
  private static final Set<String> AT_ONCE =
      Set.of(
          HOME + "ResponseSubscribers$ByteArraySubscriber",
          HOME + "ResponseSubscribers$ConsumerSubscriber",
          HOME + "ResponseSubscribers$HttpResponseInputStream",
          HOME + "ResponseSubscribers$NullSubscriber",
          HOME + "ResponseSubscribers$PathSubscriber",
          HOME + "ResponseSubscribers$PublishingBodySubscriber",
          HOME + "ResponseSubscribers$SubscriberAdapter",
          HOME + "LineSubscriberAdapter");

  private JdkSubscribers() {}

  /** {@return whether {@link BodySubscriber#getBody()} is known not to block} */
  static boolean givesBodyAtOnce(BodySubscriber<?> subscriber) {
    return AT_ONCE.contains(subscriber.getClass().getName());
  }
}
