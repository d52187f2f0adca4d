package io.httptrace.cli.help;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The manual page, in the language of man(7). */
public final class ManualPage {
  private final StringBuilder out = new StringBuilder();

  private ManualPage() {}

  /**
   * {@return the page}
   *
   * @param syntax the options there are
   * @param version the version of the command
   */
  public static String of(CommandSpec syntax, String version) {
    ManualPage page = new ManualPage();
    page.write(syntax, version);
    return page.out.toString();
  }

  private void write(CommandSpec syntax, String version) {
    macro("TH", "HTTPTRACE", "1", "", "httptrace " + version, "User Commands");
    macro("SH", "NAME");
    text("httptrace - make an HTTP request and draw where its time went");
    macro("SH", "SYNOPSIS");
    out.append("\\fBhttptrace\\fR [\\fIOPTION\\fR]... [\\fIURL\\fR]\n");
    macro("SH", "DESCRIPTION");
    text(String.join(" ", syntax.usageMessage().description()));
    macro("PP");
    text(String.join(" ", syntax.usageMessage().footer()));
    macro("SH", "OPTIONS");
    List<DescribedOption> options = DescribedOption.of(syntax);
    for (Theme theme : Theme.values()) {
      boolean first = true;
      for (DescribedOption option : options) {
        if (option.theme() == theme) {
          if (first) {
            macro("SS", theme.meaning());
          }
          first = false;
          option(option);
        }
      }
    }
    macro("SH", "EXIT STATUS");
    syntax.usageMessage().exitCodeList().forEach((code, meaning) -> entry(code.strip(), meaning));
    macro("SH", "ENVIRONMENT");
    entry(
        "http_proxy, https_proxy, all_proxy, no_proxy",
        "The proxies to use without -x, and the hosts to reach without one; as with curl,"
            + " HTTPS_PROXY, ALL_PROXY and NO_PROXY as well.");
    entry("NO_COLOR, TERM", "NO_COLOR, if it is not empty, and TERM=dumb switch colour off.");
    entry("COLUMNS", "The width of the picture; without it that of the terminal, or 80.");
    entry(
        "LC_ALL, LC_CTYPE, LANG",
        "The picture is drawn with block elements if the locale says UTF-8.");
    macro("SH", "SEE ALSO");
    out.append("\\fBcurl\\fR(1)\n");
  }

  private void option(DescribedOption option) {
    macro("TP");
    String separator = "";
    for (String name : option.names()) {
      out.append(separator).append("\\fB").append(escaped(name)).append("\\fR");
      separator = ", ";
    }
    if (option.hasValue()) {
      out.append(" \\fI").append(escaped(option.label())).append("\\fR");
    }
    out.append('\n');
    text(option.description());
  }

  private void entry(String name, String meaning) {
    macro("TP");
    out.append("\\fB").append(escaped(name)).append("\\fR\n");
    text(meaning);
  }

  private void macro(String name, String... arguments) {
    out.append('.').append(name);
    for (String argument : arguments) {
      out.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    out.append('\n');
  }

  /** A line of text must not look like a request. */
  private void text(String text) {
    String escaped = escaped(text);
    out.append(escaped.startsWith(".") ? "\\&" : "").append(escaped).append('\n');
  }

  /** The characters that the formatter would change into others. */
  private static String escaped(String text) {
    return text.strip()
        .replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti");
  }
}
