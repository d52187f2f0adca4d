package io.httptrace.dist;

/** A program that does nothing until its standard input ends. */
public final class WaitsForInput {
  private WaitsForInput() {}

  /** Waits. */
  public static void main(String[] args) throws Exception {
    System.out.println("waiting");
    while (System.in.read() >= 0) {
      // on
    }
  }
}
