package io.httptrace.conformance.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** One port on several loopback addresses: listening, refusing, or hanging on each. */
final class Ports implements Closeable {
  private static final int TRIES = 50;

  private final List<ServerSocket> listeners = new ArrayList<>();
  private final List<Closeable> others = new ArrayList<>();
  private int port;

  private Ports() {}

  /** A port that is free on the first address may be taken on the next one: then it retries. */
  static Ports open(List<String> listening, List<String> refusing, List<String> hanging)
      throws IOException {
    BindException taken = new BindException("no free port");
    for (int i = 0; i < TRIES; i++) {
      Ports ports = new Ports();
      try {
        ports.bindAll(listening, refusing, hanging);
        return ports;
      } catch (BindException e) {
        ports.close();
        taken.addSuppressed(e);
      } catch (IOException e) {
        ports.close();
        throw e;
      }
    }
    throw taken;
  }

  private void bindAll(List<String> listening, List<String> refusing, List<String> hanging)
      throws IOException {
    for (String address : listening) {
      ServerSocket listener = AcceptedSocket.listener();
      listeners.add(listener);
      listener.bind(at(address), 50);
      port = listener.getLocalPort();
    }
    for (String address : refusing) {
      Socket holder = new Socket();
      others.add(holder);
      holder.bind(at(address));
      port = holder.getLocalPort();
    }
    for (String address : hanging) {
      BlackHole hole = new BlackHole(at(address));
      others.add(hole);
      port = hole.port();
    }
  }

  private InetSocketAddress at(String address) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  int port() {
    return port;
  }

  List<ServerSocket> listeners() {
    return listeners;
  }

  @Override
  public void close() {
    List<Closeable> all = new ArrayList<>(listeners);
    all.addAll(others);
    for (Closeable each : all) {
      try {
        each.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
