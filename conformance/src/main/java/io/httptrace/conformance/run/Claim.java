package io.httptrace.conformance.run;

import io.httptrace.HookSupport;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.golden.GoldenCheck;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.golden.ProjectDeviations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a client says of recordings: an argument that it masks, or one change of a
 * deviation. Exactly one of the two is not null.
 *
 * @param mask the argument
 * @param deviation a deviation with that change only
 */
public record Claim(@Nullable MaskedArgument mask, @Nullable Deviation deviation) {

  /**
   * {@return all that a client says, in the order in which it applies}
   *
   * @param client the client
   */
  public static List<Claim> of(ClientUnderTest client) {
    List<Claim> claims = new ArrayList<>();
    client.maskedArguments().forEach(mask -> claims.add(new Claim(mask, null)));
    for (Deviation d : client.deviations()) {
      for (Deviation.Change change : d.changes()) {
        claims.add(
            new Claim(
                null, new Deviation(d.recording(), d.reason(), List.of(change), d.optional())));
      }
    }
    return claims;
  }

  /** {@return a check of a recording that grants these} */
  static GoldenCheck check(GoldenRecording recording, HookSupport support, List<Claim> claims) {
    List<Deviation> deviations = new ArrayList<>(ProjectDeviations.all());
    List<MaskedArgument> masks = new ArrayList<>();
    for (Claim claim : claims) {
      if (claim.mask != null) {
        masks.add(claim.mask);
      }
      if (claim.deviation != null) {
        deviations.add(claim.deviation);
      }
    }
    return GoldenCheck.of(recording, deviations, support, masks);
  }

  /**
   * {@return whether it concerns a recording}
   *
   * @param recording the name of the recording
   */
  public boolean concerns(String recording) {
    return (mask != null && mask.concerns(recording))
        || (deviation != null && deviation.concerns(recording));
  }

  /** {@return whether a run may do without it} */
  public boolean isOptional() {
    return (mask != null && mask.optional()) || (deviation != null && deviation.optional());
  }

  /** {@return what it says of which recordings} */
  @Override
  public String toString() {
    if (mask != null) {
      return "the mask of " + mask.argument() + " in " + mask.recordings();
    }
    return deviation == null
        ? ""
        : "the change " + deviation.changes().get(0) + " in " + deviation.recording();
  }
}
