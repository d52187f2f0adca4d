package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

/**
 * An argument of a hook that a client cannot know. It is not compared, in the recordings named.
 *
 * @param argument the argument
 * @param recordings the recordings in which it is not compared: a name, in which {@code *} stands
 *     for any characters; {@code *} alone for all
 * @param reason why the client cannot know it, for readers of the support matrix; not blank
 * @param optional whether a run may do without it, because threads of the client race; otherwise at
 *     least one recording must need it
 */
public record MaskedArgument(
    HookArgument argument, String recordings, String reason, boolean optional) {

  /** Checks the components: no mask without a reason. */
  public MaskedArgument {
    requireNonNull(argument, "argument");
    requireNonNull(recordings, "recordings");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("no reason for the mask of " + argument);
    }
  }

  /**
   * Makes one that is needed in each run.
   *
   * @param argument the argument
   * @param recordings the recordings in which it is not compared
   * @param reason why the client cannot know it; not blank
   */
  public MaskedArgument(HookArgument argument, String recordings, String reason) {
    this(argument, recordings, reason, false);
  }

  /**
   * {@return one that some runs do not need, because threads of the client race}
   *
   * @param argument the argument
   * @param recordings the recordings in which it is not compared
   * @param reason which threads race, and what comes of it; not blank
   */
  public static MaskedArgument sometimes(HookArgument argument, String recordings, String reason) {
    return new MaskedArgument(argument, recordings, reason, true);
  }

  /**
   * {@return an argument that is not compared in any recording}
   *
   * @param argument the argument
   * @param reason why the client cannot know it; not blank
   */
  public static MaskedArgument of(HookArgument argument, String reason) {
    return new MaskedArgument(argument, "*", reason);
  }

  /**
   * {@return whether it concerns a recording}
   *
   * @param recording the name of the recording
   */
  public boolean concerns(String recording) {
    return Glob.of(recordings).matches(recording);
  }
}
