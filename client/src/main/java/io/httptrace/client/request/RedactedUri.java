package io.httptrace.client.request;

import java.net.URI;
import java.util.regex.Pattern;

/** A URI in the message of an exception, which goes to logs: its secrets are left out. */
public final class RedactedUri {
  /** RFC 3986, section 3.2.1. */
  private static final Pattern USER_INFO = Pattern.compile("(//)[^/?#]*@");

  /** A query or a fragment (RFC 3986, sections 3.4 and 3.5). */
  private static final Pattern PARAMETERS = Pattern.compile("([?#]).+");

  private RedactedUri() {}

  /**
   * {@return a URI as text, without its user info, query and fragment}
   *
   * @param uri the URI
   */
  public static String of(URI uri) {
    String withoutUser = USER_INFO.matcher(uri.toString()).replaceFirst("$1***@");
    return PARAMETERS.matcher(withoutUser).replaceFirst("$1***");
  }
}
