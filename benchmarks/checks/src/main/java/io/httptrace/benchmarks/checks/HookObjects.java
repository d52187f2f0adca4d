package io.httptrace.benchmarks.checks;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The objects on the heap, dead ones too, that exist for the sake of hooks: all types of {@code
 * io.httptrace} and of the timeline, and what the client keeps for a traced round trip.
 */
final class HookObjects {
  private static final Pattern HOOK_TYPE =
      Pattern.compile("io\\.httptrace\\.([A-Z]|timeline\\.|client\\.hooks\\.RequestTrace).*");

  private HookObjects() {}

  /** {@return how many there are of each class} */
  static Map<String, Long> count() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[] {"-all"}},
                    new String[] {String[].class.getName()});
    return ofHistogram(histogram);
  }

  /** {@return the hook objects of a histogram: lines of rank, instances, bytes, class, module} */
  static Map<String, Long> ofHistogram(String histogram) {
    return histogram
        .lines()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns.length >= 4 && HOOK_TYPE.matcher(columns[3]).matches())
        .collect(
            Collectors.toMap(
                columns -> columns[3],
                columns -> Long.parseLong(columns[1]),
                Long::sum,
                TreeMap::new));
  }

  /** {@return what has been added between two counts} */
  static Map<String, Long> added(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> added = new TreeMap<>();
    after.forEach(
        (type, count) -> {
          long more = count - before.getOrDefault(type, 0L);
          if (more != 0) {
            added.put(type, more);
          }
        });
    return added;
  }

  /** {@return how many collections there have been; a count is only true if there was none} */
  static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
