package io.httptrace.cli;

/** x. */
final class Main {
  private Main() {}

  public static void main(String[] a) throws Exception {
    try {
      System.out.println(CommandSyntax.parse("0.1.0", a));
      System.out.println(CommandSyntax.parse("0.1.0", a).text());
    } catch (CommandException e) {
      System.out.println(e.getMessage());
    }
  }
}
