package io.httptrace.client.followups;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.ArrayList;
import java.util.List;

/** The user {@code user} with the password {@code open}, who keeps what was asked for. */
final class NamedUser extends Authenticator {
  private final List<String> asked = new ArrayList<>();

  @Override
  protected PasswordAuthentication getPasswordAuthentication() {
    asked.add(
        getRequestorType()
            + " "
            + getRequestingScheme()
            + " "
            + getRequestingProtocol()
            + " "
            + getRequestingURL());
    return new PasswordAuthentication("user", "open".toCharArray());
  }

  /** {@return who asked, for which scheme, over which protocol, and for what; in their order} */
  List<String> asked() {
    return asked;
  }
}
