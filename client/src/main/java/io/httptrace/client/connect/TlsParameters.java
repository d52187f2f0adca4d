package io.httptrace.client.connect;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Copies {@link SSLParameters}, which are mutable: every part of them that this JDK has. */
public final class TlsParameters {
  /** What is null unless the caller has set it, and has been added since Java 17. */
  private static final List<String> ADDED = List.of("SignatureSchemes", "NamedGroups");

  private static final List<Accessors> ADDED_HERE = addedHere();

  /** A part that is a list of names. */
  private record Accessors(MethodHandle getter, MethodHandle setter) {
    boolean isSet(SSLParameters from) {
      return names(from) != null;
    }

    private String @Nullable [] names(SSLParameters from) {
      try {
        return (String[]) getter.invokeExact(from);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    void copy(SSLParameters from, SSLParameters to) {
      String[] names = names(from);
      if (names == null) {
        return;
      }
      try {
        setter.invokeExact(to, names);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private TlsParameters() {}

  private static List<Accessors> addedHere() {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    List<Accessors> found = new ArrayList<>();
    for (String part : ADDED) {
      try {
        found.add(
            new Accessors(
                lookup.findVirtual(
                    SSLParameters.class, "get" + part, MethodType.methodType(String[].class)),
                lookup.findVirtual(
                    SSLParameters.class,
                    "set" + part,
                    MethodType.methodType(void.class, String[].class))));
      } catch (NoSuchMethodException | IllegalAccessException older) {
        // This JDK has no such part, so no caller has set it.
      }
    }
    return List.copyOf(found);
  }

  /**
   * {@return a copy}
   *
   * @param from the parameters
   */
  public static SSLParameters copyOf(SSLParameters from) {
    SSLParameters to = new SSLParameters();
    apply(from, to);
    return to;
  }

  /** {@return whether a part is set that has been added since Java 17} */
  static boolean hasAdded(SSLParameters parameters) {
    return ADDED_HERE.stream().anyMatch(part -> part.isSet(parameters));
  }

  /** Puts in what has been set: what is null in the one stays as it is in the other. */
  static void apply(SSLParameters from, SSLParameters to) {
    if (from.getCipherSuites() != null) {
      to.setCipherSuites(from.getCipherSuites());
    }
    if (from.getProtocols() != null) {
      to.setProtocols(from.getProtocols());
    }
    if (from.getApplicationProtocols().length > 0) {
      to.setApplicationProtocols(from.getApplicationProtocols());
    }
    if (from.getAlgorithmConstraints() != null) {
      to.setAlgorithmConstraints(from.getAlgorithmConstraints());
    }
    if (from.getServerNames() != null) {
      to.setServerNames(from.getServerNames());
    }
    if (from.getSNIMatchers() != null) {
      to.setSNIMatchers(from.getSNIMatchers());
    }
    if (from.getNeedClientAuth()) {
      to.setNeedClientAuth(true);
    } else if (from.getWantClientAuth()) {
      to.setWantClientAuth(true);
    }
    to.setEndpointIdentificationAlgorithm(from.getEndpointIdentificationAlgorithm());
    to.setUseCipherSuitesOrder(from.getUseCipherSuitesOrder());
    to.setEnableRetransmissions(from.getEnableRetransmissions());
    to.setMaximumPacketSize(from.getMaximumPacketSize());
    ADDED_HERE.forEach(part -> part.copy(from, to));
  }
}
