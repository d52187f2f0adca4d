package io.httptrace.conformance.http2;

/** Error codes of RST_STREAM and GOAWAY (RFC 9113, section 7). */
public final class ErrorCodes {
  /** NO_ERROR. */
  public static final int NO_ERROR = 0x0;

  /** PROTOCOL_ERROR. */
  public static final int PROTOCOL_ERROR = 0x1;

  /** INTERNAL_ERROR. */
  public static final int INTERNAL_ERROR = 0x2;

  /** FLOW_CONTROL_ERROR. */
  public static final int FLOW_CONTROL_ERROR = 0x3;

  /** SETTINGS_TIMEOUT. */
  public static final int SETTINGS_TIMEOUT = 0x4;

  /** STREAM_CLOSED. */
  public static final int STREAM_CLOSED = 0x5;

  /** FRAME_SIZE_ERROR. */
  public static final int FRAME_SIZE_ERROR = 0x6;

  /** REFUSED_STREAM. */
  public static final int REFUSED_STREAM = 0x7;

  /** CANCEL. */
  public static final int CANCEL = 0x8;

  /** COMPRESSION_ERROR. */
  public static final int COMPRESSION_ERROR = 0x9;

  /** CONNECT_ERROR. */
  public static final int CONNECT_ERROR = 0xa;

  /** ENHANCE_YOUR_CALM. */
  public static final int ENHANCE_YOUR_CALM = 0xb;

  /** INADEQUATE_SECURITY. */
  public static final int INADEQUATE_SECURITY = 0xc;

  /** HTTP_1_1_REQUIRED. */
  public static final int HTTP_1_1_REQUIRED = 0xd;

  private ErrorCodes() {}
}
