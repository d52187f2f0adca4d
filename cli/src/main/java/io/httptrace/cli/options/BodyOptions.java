package io.httptrace.cli.options;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the body is made of: data, a form or an upload, but only one of them.
 *
 * @param data the {@code -d} and its kin, in order
 * @param inQuery whether the data goes into the URL's query: {@code -G}
 * @param form the {@code -F} and {@code --form-string}, in order
 * @param upload the file of {@code -T}, {@code -} for standard input, or null for none
 */
public record BodyOptions(
    List<DataPart> data, boolean inQuery, List<FormField> form, @Nullable String upload) {

  /** No body. */
  public static final BodyOptions NONE = new BodyOptions(List.of(), false, List.of(), null);

  public BodyOptions {
    data = List.copyOf(data);
    form = List.copyOf(form);
  }

  /** {@return whether the data is JSON: there is a {@code --json}} */
  public boolean json() {
    return data.stream().anyMatch(part -> part.kind() == DataPart.Kind.JSON);
  }

  /** {@return the method for this body} */
  String method() {
    if (upload != null) {
      return "PUT";
    }
    return !form.isEmpty() || (!data.isEmpty() && !inQuery) ? "POST" : "GET";
  }
}
