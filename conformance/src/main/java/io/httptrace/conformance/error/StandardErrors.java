package io.httptrace.conformance.error;

import io.httptrace.IdleConnectionException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Classifies the exceptions of the JDK and of this kit by their types, from the outside in. */
final class StandardErrors implements ErrorClassifier {
  static final StandardErrors INSTANCE = new StandardErrors();

  private StandardErrors() {}

  @Override
  public Optional<String> classify(Throwable error, Context context) {
    List<Throwable> chain = chain(error);
    return first(chain, StandardErrors::chosenByTheScenario)
        .or(() -> ended(chain, context))
        .or(() -> first(chain, e -> context.reported().wordFor(e).orElse(null)))
        .or(() -> timeout(chain, context))
        .or(() -> tls(chain))
        .or(() -> connecting(chain))
        .or(() -> first(chain, e -> connection(e, context.site())));
  }

  private static List<Throwable> chain(Throwable error) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable e = error; e != null && seen.add(e); e = e.getCause()) {
      chain.add(e);
    }
    return chain;
  }

  private static Optional<String> first(
      List<Throwable> chain, Function<Throwable, @Nullable String> rule) {
    for (Throwable e : chain) {
      String word = rule.apply(e);
      if (word != null) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String chosenByTheScenario(Throwable e) {
    if (e instanceof HookFailedException) {
      return "hook-error";
    }
    if (e instanceof BodyFailedException) {
      return "body-error";
    }
    if (e instanceof LookupException lookup) {
      return lookup.kind().word();
    }
    if (e instanceof IdleConnectionException idle) {
      return switch (idle.reason()) {
        case TOO_MANY_IDLE_FOR_HOST -> "too-many-idle-host";
        case IDLE_CLOSED -> "idle-closed";
        case CLIENT_CLOSED -> "client-closed";
        case CONNECTION_BROKEN -> "conn-broken";
      };
    }
    return null;
  }

  /** The caller ended the request: its cancellation, or the time limit it had set. */
  private static Optional<String> ended(List<Throwable> chain, Context context) {
    return first(
        chain,
        e -> {
          if (e instanceof CancellationException || e instanceof InterruptedException) {
            return "canceled";
          }
          boolean ofRequest =
              context.site() == ErrorSite.REQUEST || context.site() == ErrorSite.BODY;
          return ofRequest && context.deadline() && isRequestTimeout(e) ? "timeout" : null;
        });
  }

  private static boolean isRequestTimeout(Throwable e) {
    return e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException);
  }

  private static Optional<String> timeout(List<Throwable> chain, Context context) {
    if (chain.stream().noneMatch(StandardErrors::isTimeout)) {
      return Optional.empty();
    }
    boolean connecting = chain.stream().anyMatch(HttpConnectTimeoutException.class::isInstance);
    return Optional.of(
        switch (context.site()) {
          case LOOKUP -> "dns-timeout";
          case CONNECT -> "connect-timeout";
          case HANDSHAKE -> "tls-timeout";
          default -> connecting ? "connect-timeout" : "timeout";
        });
  }

  /** The timeouts of libraries have no common type, but all have the word in their names. */
  private static boolean isTimeout(Throwable e) {
    return e instanceof SocketTimeoutException
        || e.getClass().getSimpleName().endsWith("TimeoutException");
  }

  /** The JDK wraps errors of a handshake; the relevant one is further inside. */
  private static Optional<String> tls(List<Throwable> chain) {
    if (chain.stream()
        .noneMatch(e -> e instanceof SSLException || e instanceof CertificateException)) {
      return Optional.empty();
    }
    return first(
            chain,
            e -> e instanceof EOFException || e instanceof ClosedChannelException ? "eof" : null)
        .or(
            () ->
                first(chain, e -> e instanceof CertificateExpiredException ? "tls-expired" : null))
        .or(
            () ->
                first(chain, e -> e instanceof CertPathBuilderException ? "tls-unknown-ca" : null))
        .or(() -> first(chain, StandardErrors::wrongName))
        .or(() -> first(chain, e -> socket(e)))
        .or(() -> Optional.of("tls-other"));
  }

  /** The JDK's check of host names throws a bare CertificateException without a cause. */
  private static @Nullable String wrongName(Throwable e) {
    boolean bare = e.getClass() == CertificateException.class && e.getCause() == null;
    return bare || e instanceof SSLPeerUnverifiedException ? "tls-bad-name" : null;
  }

  /** The JDK's client adds a ClosedChannelException to a refused connection. */
  private static Optional<String> connecting(List<Throwable> chain) {
    return first(
            chain,
            e ->
                e instanceof UnknownHostException || e instanceof UnresolvedAddressException
                    ? "dns-not-found"
                    : null)
        .or(() -> first(chain, e -> e instanceof NoRouteToHostException ? "unreachable" : null))
        .or(() -> first(chain, e -> e instanceof ConnectException ? "refused" : null));
  }

  private static @Nullable String connection(Throwable e, ErrorSite site) {
    if (e instanceof EOFException) {
      return "eof";
    }
    if (e instanceof ClosedChannelException) {
      return site == ErrorSite.WRITE ? "conn-broken" : "eof";
    }
    if (e instanceof ProtocolException) {
      return "malformed-response";
    }
    return socket(e);
  }

  /** The JDK has no types for these, or several: only the operating system's messages help. */
  private static @Nullable String socket(Throwable e) {
    if (!(e instanceof IOException)) {
      return null;
    }
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("connection reset")) {
      return "reset";
    }
    return text.contains("broken pipe") ? "broken-pipe" : null;
  }
}
