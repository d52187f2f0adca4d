package io.httptrace.har;

import static java.util.Objects.requireNonNull;

import io.httptrace.render.Json;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes timelines as HAR 1.2 (HTTP Archive). Immutable, and safe for use by several threads.
 *
 * <p>There is an entry for each round trip: a redirect or a retry is one of its own. The entries
 * are ordered by their start. What the format has no place for is in members whose names begin with
 * an underscore, as the format allows: {@code _error}, {@code _failedPhase}, {@code _reason}, and
 * {@code _reused} for a connection out of the pool.
 *
 * <p><b>Times</b> are milliseconds, with the nanoseconds as decimals. Those of an entry add up to
 * its {@code time}: of what happens at the same time, sending counts before waiting, waiting before
 * receiving, and all of them before connecting, which counts before a lookup. What is left is
 * {@code blocked}: waiting for the pool, and the time of the client itself. {@code ssl} is a part
 * of {@code connect}, which also has the tunnel of a proxy. {@code -1} stands for what did not
 * happen.
 *
 * <p><b>Not known</b> are the bodies, the reason phrase of the status and the sizes of heads: they
 * are {@code -1} or empty, as the format demands. A response that did not come has the status 0.
 *
 * @see <a href="http://www.softwareishard.com/blog/har-12-spec/">HAR 1.2</a>
 */
public final class HarExporter {
  private static final HarExporter MASKING = new HarExporter(Redaction.MASK_SECRETS);

  private final Redaction redaction;

  private HarExporter(Redaction redaction) {
    this.redaction = redaction;
  }

  /** {@return an exporter that masks secrets} */
  public static HarExporter create() {
    return MASKING;
  }

  /**
   * {@return one that masks secrets, or does not} With secrets masked there are no cookies in the
   * lists of cookies.
   *
   * @param masked whether it does
   */
  public HarExporter redaction(Redaction masked) {
    return new HarExporter(requireNonNull(masked, "masked"));
  }

  /**
   * {@return a HAR, on one line}
   *
   * @param timelines the calls that it is to have; of one that is under way, what has happened
   */
  public String toHar(Collection<Timeline> timelines) {
    List<HarEntry> entries = new ArrayList<>();
    for (Timeline timeline : timelines) {
      for (RoundTrip roundTrip : timeline.roundTrips()) {
        entries.add(new HarEntry(timeline.startedAt().plus(roundTrip.start()), roundTrip));
      }
    }
    entries.sort(Comparator.comparing(HarEntry::startedAt));
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("version", "1.2");
    Map<String, Object> creator = new LinkedHashMap<>();
    creator.put("name", "httptrace");
    creator.put("version", version());
    log.put("creator", creator);
    log.put("entries", entries.stream().map(entry -> entry.members(redaction)).toList());
    return Json.toJson(Map.of("log", log));
  }

  /**
   * {@return a HAR of one call}
   *
   * @param timeline the call
   */
  public String toHar(Timeline timeline) {
    return toHar(List.of(timeline));
  }

  private static String version() {
    String ofJar = HarExporter.class.getPackage().getImplementationVersion();
    if (ofJar != null) {
      return ofJar;
    }
    return Optional.ofNullable(HarExporter.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("unversioned");
  }

  @Override
  public String toString() {
    return "HarExporter[" + redaction + "]";
  }
}
