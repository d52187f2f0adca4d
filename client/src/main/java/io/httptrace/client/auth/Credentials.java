package io.httptrace.client.auth;

import java.io.IOException;
import java.net.PasswordAuthentication;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** User and password for a protection space, in the form of a scheme. Shared by calls. */
interface Credentials {

  /** {@return the user and the password} */
  PasswordAuthentication user();

  /**
   * {@return the value of the field that answers a challenge}
   *
   * @param method the method of the request it is for
   * @param target the target in the first line of that request (RFC 9112, section 3.2)
   * @throws IOException if it cannot be written in this scheme
   */
  String answer(String method, String target) throws IOException;

  /** {@return whether they are for the whole origin, and not only for a part of its paths} */
  default boolean coversOrigin() {
    return false;
  }

  /**
   * {@return the same user and password for another challenge, if it says that they were right and
   * only something else was wrong, such as a stale nonce; otherwise null}
   */
  default @Nullable Credentials renewed(Challenge challenge) {
    return null;
  }

  /**
   * They were accepted.
   *
   * @param info the server's parameters for the next request
   */
  default void accepted(Map<String, String> info) {}
}
