package io.httptrace.cli.options;

import picocli.CommandLine.Option;

/** The options for the version of HTTP; the last one counts. */
final class ProtocolArguments {
  private ProtocolChoice protocol = ProtocolChoice.ANY;

  @Option(names = "--http1.1", description = "Speak HTTP/1.1.")
  void http11(boolean given) {
    choose(given, ProtocolChoice.HTTP_1_1);
  }

  @Option(names = "--http2", description = "Speak HTTP/2 over TLS if the server does.")
  void http2(boolean given) {
    choose(given, ProtocolChoice.HTTP_2);
  }

  @Option(
      names = "--http2-prior-knowledge",
      description = "Speak HTTP/2 without asking, also without TLS.")
  void http2PriorKnowledge(boolean given) {
    choose(given, ProtocolChoice.HTTP_2_PRIOR_KNOWLEDGE);
  }

  private void choose(boolean given, ProtocolChoice chosen) {
    if (given) {
      protocol = chosen;
    }
  }

  ProtocolChoice toProtocol() {
    return protocol;
  }
}
