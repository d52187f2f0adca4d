package io.httptrace.sidebyside;

import io.httptrace.jdk.JdkTracing;
import java.util.EnumMap;
import java.util.Map;

/**
 * An application of all clients, which then takes the hooks out of the JDK's. It says what it has
 * found, or fails.
 */
public final class SideBySideApplication {
  /** Begins each line of its own. */
  static final String SAYS = "application: ";

  private SideBySideApplication() {}

  /**
   * Sends two requests by each client.
   *
   * @param arguments where to, without the path
   */
  public static void main(String[] arguments) {
    try {
      run(arguments[0]);
    } catch (Throwable failed) {
      failed.printStackTrace();
      System.exit(1);
    }
    System.exit(0); // some clients have threads that stay
  }

  private static void run(String server) throws Exception {
    Map<TracedClient, Told> told = new EnumMap<>(TracedClient.class);
    Map<TracedClient, Sender> senders = new EnumMap<>(TracedClient.class);
    for (TracedClient client : TracedClient.values()) {
      Told own = new Told();
      told.put(client, own);
      senders.put(client, client.open(own));
    }
    for (TracedClient client : TracedClient.values()) {
      String url = server + "/" + client + "/1";
      senders.get(client).get(url);
      told.get(client).assertNextIs(url);
      say(client + " is told");
    }

    JdkTracing.installed().orElseThrow().close();
    for (TracedClient client : TracedClient.values()) {
      String url = server + "/" + client + "/2";
      senders.get(client).get(url);
      if (client != TracedClient.JDK) {
        told.get(client).assertNextIs(url);
        say(client + " is told still");
      }
    }
    told.values().forEach(Told::assertNoMore);
    say("and nothing else");
  }

  private static void say(String what) {
    System.out.println(SAYS + what);
  }
}
