package io.httptrace;

/** Why a round trip is made. */
public enum RoundTripReason {
  /** It is the first one of the request. */
  FIRST,
  /** The connection of the one before turned out to be unusable before a response came. */
  RETRY,
  /** The response of the one before was a redirect. */
  REDIRECT,
  /** The response of the one before asked for credentials. */
  AUTHENTICATION
}
