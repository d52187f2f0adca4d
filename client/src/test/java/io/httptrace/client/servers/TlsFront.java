package io.httptrace.client.servers;

import java.io.IOException;
import java.nio.file.Path;

/** nginx in front of a server that does not speak TLS itself. */
final class TlsFront implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      load_module /usr/lib/nginx/modules/ngx_stream_module.so;
      daemon off;
      master_process off;
      pid nginx.pid;
      events { worker_connections 1024; }
      stream {
        server {
          listen 127.0.0.1:%d ssl;
          ssl_certificate certificate.pem;
          ssl_certificate_key key.pem;
          ssl_protocols TLSv1.2 TLSv1.3;
          proxy_pass 127.0.0.1:%d;
        }
      }
      """;

  private final int port;
  private final ServerProcess process;

  private TlsFront(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  static TlsFront start(Path directory, int behind) throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    return new TlsFront(port, Nginx.run(directory, CONFIGURATION.formatted(port, behind), port));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
