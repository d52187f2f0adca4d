package io.httptrace.client.auth;

import java.net.PasswordAuthentication;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Credentials of the Basic scheme (RFC 7617). */
final class BasicCredentials implements Credentials {
  private final PasswordAuthentication user;
  private final String value;

  /** Encodes the user in UTF-8 if the challenge asks for it, and in ISO 8859-1 otherwise. */
  BasicCredentials(Challenge challenge, PasswordAuthentication user) {
    this.user = user;
    Charset charset =
        challenge.has("charset", "UTF-8") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String plain = user.getUserName() + ":" + new String(user.getPassword());
    this.value = "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(charset));
  }

  @Override
  public PasswordAuthentication user() {
    return user;
  }

  @Override
  public String answer(String method, String target) {
    return value;
  }
}
