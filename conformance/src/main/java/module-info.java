/**
 * The test kit that every client and adapter is held to: scripted servers, a log of all hooks, and
 * one scenario for each recording of the reference implementation.
 */
module io.httptrace.conformance {
  requires transitive io.httptrace;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires com.fasterxml.jackson.databind;
  requires io.netty.pkitesting;
  requires transitive java.logging;
  requires java.net.http;
  requires static org.jspecify;

  exports io.httptrace.conformance;
  exports io.httptrace.conformance.body;
  exports io.httptrace.conformance.docs;
  exports io.httptrace.conformance.error;
  exports io.httptrace.conformance.golden;
  exports io.httptrace.conformance.hooks;
  exports io.httptrace.conformance.http2;
  exports io.httptrace.conformance.http2.fault;
  exports io.httptrace.conformance.http2.hpack;
  exports io.httptrace.conformance.leak;
  exports io.httptrace.conformance.log;
  exports io.httptrace.conformance.report;
  exports io.httptrace.conformance.run;
  exports io.httptrace.conformance.scenarios;
  exports io.httptrace.conformance.server;
  exports io.httptrace.conformance.time;
  exports io.httptrace.conformance.timelines;

  opens io.httptrace.conformance.golden to
      com.fasterxml.jackson.databind;
  opens io.httptrace.conformance.report to
      com.fasterxml.jackson.databind;

  uses io.httptrace.conformance.leak.LeakProbe;
}
