package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import okhttp3.Connection;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** Whether the connection that a call gets is the one that it has dialled. */
final class OkHttpDialTest {
  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

  /** {@return a dial of a client with a socket factory of its own, which is connected} */
  private OkHttpDial connected() {
    OkHttpDial dial =
        new OkHttpDial(
            new OkHttpClient().newCall(new Request.Builder().url("http://name.test/").build()),
            HooksOf.trace(ClientTrace.builder().build()),
            1,
            1,
            null);
    dial.connectStart(address, java.net.Proxy.NO_PROXY, false);
    dial.ready(address, Protocol.HTTP_2);
    return dial;
  }

  private static Connection connection() {
    Socket socket = new Socket();
    return (Connection)
        Proxy.newProxyInstance(
            OkHttpDialTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> method.getName().equals("socket") ? socket : null);
  }

  @Test
  void aNewConnectionIsItsOwn() {
    assertThat(connected().ended(connection(), false)).isTrue();
  }

  @Test
  void aConnectionThatAnotherCallHasUsedIsNot() {
    assertThat(connected().ended(connection(), true)).isFalse();
  }
}
