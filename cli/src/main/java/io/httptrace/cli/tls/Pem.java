package io.httptrace.cli.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468).
 *
 * @param label its label, such as {@code CERTIFICATE}
 * @param encrypted whether it has the header fields of OpenSSL's old encryption (RFC 1421)
 * @param base64 its content, encoded
 */
record Pem(String label, boolean encrypted, String base64) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----\\s*((?:[A-Za-z-]+:[^\\n]*\\n(?:[ \\t][^\\n]*\\n)*)*)"
              + "([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  /**
   * {@return the blocks of a text, ignoring other text around them}
   *
   * @param text the text
   */
  static List<Pem> blocks(String text) {
    List<Pem> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text.replace("\r\n", "\n"));
    while (block.find()) {
      blocks.add(new Pem(block.group(1), !block.group(2).isEmpty(), block.group(3)));
    }
    return blocks;
  }

  /**
   * {@return its content}
   *
   * @throws IllegalArgumentException if it is truncated
   */
  byte[] bytes() {
    return Base64.getMimeDecoder().decode(base64);
  }
}
