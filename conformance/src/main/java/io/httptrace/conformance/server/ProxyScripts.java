package io.httptrace.conformance.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scripts of proxies. They check the requested target: any name, and the port of the server that
 * they then connect to at 127.0.0.1.
 */
public final class ProxyScripts {
  private static final int SOCKS = 5;
  private static final int CONNECT = 1;
  private static final int NAME = 3;
  private static final int NO_AUTHENTICATION = 0;
  private static final int PASSWORD = 2;
  private static final int NO_METHOD = 0xff;
  private static final byte[] NO_ADDRESS = {0, 1, 0, 0, 0, 0, 0, 0};

  private ProxyScripts() {}

  /**
   * {@return a proxy that opens a tunnel by CONNECT (RFC 9110, section 9.3.6)}
   *
   * @param target where to
   * @param authorization the {@code Proxy-Authorization} that it requires, or null for none
   */
  public static ConnectionScript tunnel(ScriptedServer target, @Nullable String authorization) {
    return connection -> {
      ReceivedRequestHead head = connection.readHead();
      checkConnect(head, target);
      checkAuthorization(head, authorization);
      connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
      connection.relayTo(target.port());
    };
  }

  /**
   * {@return a proxy that refuses CONNECT}
   *
   * @param target where to
   * @param answer the answer
   */
  public static ConnectionScript refuse(ScriptedServer target, String answer) {
    return connection -> {
      checkConnect(connection.readHead(), target);
      connection.send(answer);
    };
  }

  /**
   * {@return a proxy that forwards requests for plain HTTP; each gets a connection of its own to
   * the target, which closes it after its answer}
   *
   * @param target where to
   * @param authorization the {@code Proxy-Authorization} that it requires, or null for none
   * @param answers what it says to the client once the target has answered, one for each request
   */
  public static ConnectionScript forward(
      ScriptedServer target, @Nullable String authorization, String... answers) {
    return connection -> {
      for (String answer : answers) {
        ReceivedRequestHead head = connection.readRequest();
        checkAuthorization(head, authorization);
        connection.exchangeWith(target.port(), originForm(head, target));
        connection.send(answer);
      }
    };
  }

  /**
   * {@return a proxy for SOCKS 5 (RFC 1928)}
   *
   * @param target where to
   * @param user the user it demands (RFC 1929), or null if anyone may connect
   * @param password the password of the user
   */
  public static ConnectionScript socks5(
      ScriptedServer target, @Nullable String user, String password) {
    return connection -> {
      if (user == null) {
        choose(connection, NO_AUTHENTICATION);
      } else {
        choose(connection, PASSWORD);
        check(connection.readBytes(1)[0] == 1, "version of the user and password");
        List<String> said = List.of(text(connection), text(connection));
        boolean known = said.equals(List.of(user, password));
        connection.send(new byte[] {1, (byte) (known ? 0 : 1)});
        if (!known) {
          return;
        }
      }
      readTarget(connection, target);
      reply(connection, 0);
      connection.relayTo(target.port());
    };
  }

  /**
   * {@return a proxy for SOCKS 5 that replies with an error}
   *
   * @param target where to
   * @param code the reply code (RFC 1928, section 6)
   */
  public static ConnectionScript socks5Refusing(ScriptedServer target, int code) {
    return connection -> {
      choose(connection, NO_AUTHENTICATION);
      readTarget(connection, target);
      reply(connection, code);
    };
  }

  private static void choose(ServerConnection connection, int method) throws IOException {
    check(connection.readBytes(1)[0] == SOCKS, "version");
    byte[] methods = connection.readBytes(connection.readBytes(1)[0]);
    boolean offered = new String(methods, ISO_8859_1).indexOf(method) >= 0;
    connection.send(new byte[] {SOCKS, (byte) (offered ? method : NO_METHOD)});
    if (!offered) {
      throw new IOException("the client does not offer method " + method);
    }
  }

  private static void readTarget(ServerConnection connection, ScriptedServer target)
      throws IOException {
    byte[] head = connection.readBytes(4);
    check(head[0] == SOCKS && head[1] == CONNECT, "command");
    check(head[3] == NAME, "type of address");
    connection.askedFor(text(connection));
    byte[] port = connection.readBytes(2);
    int number = ((port[0] & 0xff) << 8) | (port[1] & 0xff);
    check(number == target.port(), "port");
  }

  private static void reply(ServerConnection connection, int code) throws IOException {
    byte[] reply = new byte[2 + NO_ADDRESS.length];
    reply[0] = SOCKS;
    reply[1] = (byte) code;
    System.arraycopy(NO_ADDRESS, 0, reply, 2, NO_ADDRESS.length);
    connection.send(reply);
  }

  /** Reads a text with its length before it. */
  private static String text(ServerConnection connection) throws IOException {
    return new String(connection.readBytes(connection.readBytes(1)[0] & 0xff), ISO_8859_1);
  }

  private static void checkConnect(ReceivedRequestHead head, ScriptedServer target) {
    String[] words = head.requestLine().split(" ", -1);
    check(
        words.length == 3
            && words[0].equals("CONNECT")
            && words[1].endsWith(":" + target.port())
            && words[2].equals("HTTP/1.1"),
        head.requestLine());
    check(head.values("host").equals(List.of(words[1])), "host " + head.values("host"));
  }

  private static void checkAuthorization(ReceivedRequestHead head, @Nullable String authorization) {
    List<String> expected = authorization == null ? List.of() : List.of(authorization);
    List<String> actual = head.values("proxy-authorization");
    check(actual.equals(expected), "proxy-authorization " + actual);
  }

  /** Converts the absolute form to the origin form (RFC 9112, section 3.2). */
  private static String originForm(ReceivedRequestHead head, ScriptedServer target) {
    String authority = head.values("host").get(0);
    String[] words = head.requestLine().split(" ", -1);
    String prefix = "http://" + authority;
    check(
        authority.endsWith(":" + target.port())
            && words.length == 3
            && words[1].startsWith(prefix + "/"),
        head.requestLine());
    String fields =
        head.fieldLines().stream()
            .filter(line -> !line.regionMatches(true, 0, "proxy-authorization:", 0, 20))
            .map(line -> line + "\r\n")
            .collect(Collectors.joining());
    return words[0]
        + " "
        + words[1].substring(prefix.length())
        + " "
        + words[2]
        + "\r\n"
        + fields
        + "\r\n";
  }

  private static void check(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("not as a client must ask a proxy: " + what);
    }
  }
}
