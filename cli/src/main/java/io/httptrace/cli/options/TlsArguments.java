package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.ConnectionOptions.TlsOptions;
import io.httptrace.cli.text.OptionText;
import io.httptrace.cli.tls.CertificateFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for trusted servers and for the client's certificate. */
final class TlsArguments {

  @Option(
      names = {"-k", "--insecure"},
      description = "Accept any certificate.")
  private boolean insecure;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Trust the certificates in this PEM file, and no others.")
  private @Nullable String caCertificates;

  @Option(
      names = {"-E", "--cert"},
      paramLabel = "FILE[:PASSWORD]",
      description = "The client certificate if the server asks, as PEM or PKCS#12.")
  private @Nullable String certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The key of --cert as PEM, if it is not in the same file.")
  private @Nullable String key;

  TlsOptions toOptions(TlsVersions versions) throws CommandException {
    if (key != null && certificate == null) {
      throw CommandException.usage("--key: there is no --cert that it belongs to");
    }
    return new TlsOptions(
        insecure,
        OptionText.optionalFile("--cacert", caCertificates),
        certificate == null ? null : CertificateFile.parse(certificate),
        OptionText.optionalFile("--key", key),
        versions);
  }
}
