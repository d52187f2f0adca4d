package io.httptrace.client.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.httptrace.client.route.HttpVersions;
import java.lang.reflect.Method;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every part of the parameters there is on this JDK reaches the engine. */
class TlsParametersTest {
  private static final AlgorithmConstraints CONSTRAINTS =
      new AlgorithmConstraints() {
        @Override
        public boolean permits(Set<CryptoPrimitive> uses, String name, AlgorithmParameters p) {
          return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, Key key) {
          return true;
        }

        @Override
        public boolean permits(
            Set<CryptoPrimitive> uses, String name, Key key, AlgorithmParameters p) {
          return true;
        }
      };

  /** A value for each part that is none of its defaults. A part of a newer JDK has none here. */
  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("AlgorithmConstraints", CONSTRAINTS),
          Map.entry("ApplicationProtocols", new String[] {"x"}),
          Map.entry("CipherSuites", new String[] {"TLS_AES_256_GCM_SHA384"}),
          Map.entry("EnableRetransmissions", false),
          Map.entry("EndpointIdentificationAlgorithm", "LDAPS"),
          Map.entry("MaximumPacketSize", 2000),
          Map.entry("NamedGroups", new String[] {"secp384r1"}),
          Map.entry("NeedClientAuth", true),
          Map.entry("Protocols", new String[] {"TLSv1.3"}),
          Map.entry("SNIMatchers", List.of(SNIHostName.createSNIMatcher("a"))),
          Map.entry("ServerNames", List.of(new SNIHostName("front.test"))),
          Map.entry("SignatureSchemes", new String[] {"ecdsa_secp384r1_sha384"}),
          Map.entry("UseCipherSuitesOrder", false),
          Map.entry("WantClientAuth", true));

  private static List<String> parts() {
    List<String> parts = new ArrayList<>();
    for (Method method : SSLParameters.class.getMethods()) {
      if (method.getName().startsWith("get")
          && method.getDeclaringClass() == SSLParameters.class
          && method.getParameterCount() == 0) {
        parts.add(method.getName().substring("get".length()));
      }
    }
    return parts;
  }

  private static Object get(SSLParameters from, String part) throws Exception {
    Object value = SSLParameters.class.getMethod("get" + part).invoke(from);
    return value instanceof Object[] array ? Arrays.asList(array) : value;
  }

  private static Object expected(String part) {
    Object value = VALUES.get(part);
    return value instanceof Object[] array ? Arrays.asList(array) : value;
  }

  private static SSLParameters with(String part) throws Exception {
    assertThat(VALUES).as("a new part of SSLParameters: is it copied?").containsKey(part);
    SSLParameters parameters = new SSLParameters();
    for (Method method : SSLParameters.class.getMethods()) {
      if (method.getName().equals("set" + part)) {
        method.invoke(parameters, VALUES.get(part));
      }
    }
    assertThat(get(parameters, part)).as(part).isEqualTo(expected(part));
    return parameters;
  }

  @Test
  void everyPartIsCopied() throws Exception {
    for (String part : parts()) {
      SSLParameters copy = TlsParameters.copyOf(with(part));

      assertThat(get(copy, part)).as(part).isEqualTo(expected(part));
    }
  }

  @Test
  void everyPartReachesTheEngine() throws Exception {
    for (String part : parts()) {
      SSLParameters parameters = with(part);
      SSLEngine engine =
          new TlsConfig(SSLContext.getDefault(), parameters)
              .engine("a.test", 443, HttpVersions.HTTP_1_1);

      assertThat(get(engine.getSSLParameters(), part)).as(part).isEqualTo(expected(part));
    }
  }

  @Test
  void whatIsNotSetIsTheDefault() throws Exception {
    SSLParameters fresh = new SSLParameters();
    SSLParameters copy = TlsParameters.copyOf(fresh);
    Map<String, Object> all = new TreeMap<>();
    Map<String, Object> copied = new TreeMap<>();
    for (String part : parts()) {
      all.put(part, String.valueOf(get(fresh, part)));
      copied.put(part, String.valueOf(get(copy, part)));
    }
    assertThat(copied).isEqualTo(all);
  }

  /** The JDK's client checks names whatever is set here. */
  @ParameterizedTest
  @ValueSource(strings = {"", "HTTPS"})
  void namesAreCheckedThoughNothingIsSaidOfIt(String algorithm) throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm(algorithm);
    TlsConfig config = new TlsConfig(SSLContext.getDefault(), parameters);

    assertThat(algorithm(config.engine("a.test", 443, HttpVersions.BY_ALPN))).isEqualTo("HTTPS");
    assertThat(algorithm(config.proxyEngine("a.test", 443))).isEqualTo("HTTPS");
  }

  private static String algorithm(SSLEngine engine) {
    return engine.getSSLParameters().getEndpointIdentificationAlgorithm();
  }

  @Test
  void namesThatTheJdkCannotCheckAreCheckedHere() throws Exception {
    TlsConfig config = new TlsConfig(SSLContext.getDefault(), null);

    assertThat(config.nameToCheck("a_b.test.")).isEqualTo("a_b.test");
    assertThat(config.nameToCheck("ab.test.")).isNull();
    assertThat(config.nameToCheck("::1%lo")).isNull();
    SSLEngine engine = config.engine("a_b.test.", 443, HttpVersions.BY_ALPN);
    assertThat(TlsConfig.serverName(engine)).isEqualTo("a_b.test");
    assertThat(TlsConfig.serverName(config.proxyEngine("a_b.test.", 443))).isEqualTo("a_b.test");
  }

  @Test
  void aZoneIsNotForThePeer() throws Exception {
    TlsConfig config = new TlsConfig(SSLContext.getDefault(), null);
    for (SSLEngine engine :
        List.of(
            config.engine("fe80::1%eth0", 443, HttpVersions.BY_ALPN),
            config.proxyEngine("fe80::1%eth0", 443))) {
      assertThat(engine.getPeerHost()).isEqualTo("fe80::1");
      assertThat(TlsConfig.serverName(engine)).isEmpty();
      assertThat(algorithm(engine)).isEqualTo("HTTPS");
    }
  }

  @Test
  void whereNamesAreNotCheckedNoneIs() throws Exception {
    TlsConfig config = new TlsConfig(SSLContext.getDefault(), null, false, null);

    assertThat(algorithm(config.engine("a.test", 443, HttpVersions.BY_ALPN))).isNull();
    assertThat(config.nameToCheck("a_b.test")).isNull();
  }

  @Test
  void parametersThatTheContextDoesNotSupportAreRefused() throws Exception {
    SSLContext context = SSLContext.getDefault();
    SSLParameters parameters = new SSLParameters(new String[] {"TLS_NONSENSE"});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsConfig(context, parameters))
        .withMessageStartingWith("sslParameters: ")
        .withMessageContaining("TLS_NONSENSE");
  }
}
