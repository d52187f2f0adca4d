package io.httptrace.cli.help;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Scripts that complete options, their values, and names of files in a shell. */
public final class ShellCompletion {
  private final List<DescribedOption> options;
  private final List<String> topics;

  private ShellCompletion(CommandSpec syntax) {
    this.options = DescribedOption.of(syntax);
    this.topics = HelpText.topics(syntax);
  }

  /**
   * {@return the script; null if there is none for that shell}
   *
   * @param syntax the options there are
   * @param shell the name of the shell
   */
  public static @Nullable String of(CommandSpec syntax, String shell) {
    ShellCompletion completion = new ShellCompletion(syntax);
    return switch (shell) {
      case "bash" -> completion.bash();
      case "zsh" -> completion.zsh();
      case "fish" -> completion.fish();
      default -> null;
    };
  }

  // ---- bash ----

  private String bash() {
    StringBuilder cases = new StringBuilder();
    bashCase(cases, List.of("-h", "--help"), words(String.join(" ", topics)));
    for (DescribedOption option : options) {
      if (option.takesFile()) {
        bashCase(cases, option.names(), "files");
      } else if (option.hasValue()) {
        bashCase(
            cases,
            option.names(),
            option.choices().isEmpty() ? ":" : words(String.join(" ", option.choices())));
      }
    }
    String names =
        options.stream()
            .flatMap(option -> option.names().stream())
            .collect(Collectors.joining(" "));
    return """
        # Completion of httptrace in bash: source it, or put it into bash-completion/completions.
        _httptrace() {
          local word=$2 before=$3 IFS=$'\\n'
          if [ "$before" = = ]; then
            before=${COMP_WORDS[COMP_CWORD - 2]}
          elif [ "$word" = = ]; then
            word=
          fi
          COMPREPLY=()
          case $before in
        %s  esac
          case $word in
            -*) %s ;;
          esac
        }
        complete -F _httptrace httptrace
        """
        .formatted(cases, words(names));
  }

  private static void bashCase(StringBuilder cases, List<String> names, String act) {
    String done =
        act.equals("files")
            ? "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$word\")); return"
            : act + (act.equals(":") ? "; return" : "; [ \"$word\" != \"${word#-}\" ] || return");
    cases.append("    ").append(String.join(" | ", names)).append(") ").append(done);
    cases.append(" ;;\n");
  }

  private static String words(String words) {
    return "COMPREPLY=($(IFS=' '; compgen -W '" + words + "' -- \"$word\"))";
  }

  // ---- zsh ----

  private String zsh() {
    StringBuilder script = new StringBuilder();
    script.append("#compdef httptrace\n");
    script.append("# Completion of httptrace in zsh: put it as _httptrace into one of $fpath.\n");
    script.append("_arguments -s -S \\\n");
    for (DescribedOption option : options) {
      String names = String.join(",", option.names());
      String each = option.names().size() == 1 ? names : "{" + names + "}";
      String before = option.repeatable() ? "*" : "(" + String.join(" ", option.names()) + ")";
      script.append("  ").append(quoted(before)).append(each).append(quoted(zshSpec(option)));
      script.append(" \\\n");
    }
    return script.append("  '*:URL:_urls'\n").toString();
  }

  private String zshSpec(DescribedOption option) {
    String spec = "[" + option.summary().replaceAll("[\\[\\]\\\\]", "\\\\$0") + "]";
    if (option.names().contains("--help")) {
      return spec + "::topic:(" + String.join(" ", topics) + ")";
    }
    if (!option.hasValue()) {
      return spec;
    }
    String action = option.takesFile() ? "_files" : " ";
    if (!option.choices().isEmpty()) {
      action = "(" + String.join(" ", option.choices()) + ")";
    }
    return spec + ":" + option.label().replaceAll("[:\\\\]", "\\\\$0") + ":" + action;
  }

  // ---- fish ----

  private String fish() {
    StringBuilder script = new StringBuilder();
    script.append("# Completion of httptrace in fish: put it into fish/vendor_completions.d.\n");
    script.append("complete -c httptrace -f\n");
    for (DescribedOption option : options) {
      script.append("complete -c httptrace");
      for (String name : option.names()) {
        script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
      }
      script.append(fishValue(option));
      script.append(" -d ").append(fishQuoted(option.summary())).append('\n');
    }
    return script.toString();
  }

  private String fishValue(DescribedOption option) {
    if (option.names().contains("--help")) {
      return " -f -a " + fishQuoted(String.join(" ", topics));
    }
    if (!option.hasValue()) {
      return "";
    }
    if (option.takesFile()) {
      return " -r -F";
    }
    return option.choices().isEmpty()
        ? " -x"
        : " -x -a " + fishQuoted(String.join(" ", option.choices()));
  }

  /** In single quotes, for bash and zsh. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String fishQuoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
