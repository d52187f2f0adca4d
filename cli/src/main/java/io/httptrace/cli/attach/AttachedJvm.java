package io.httptrace.cli.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.render.text.Reasons;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A JVM with the agent in it. */
public final class AttachedJvm implements Closeable {
  private static final int TOKEN_BYTES = 16;
  private static final int OLDEST_JAVA = 17;

  private final String javaVersion;
  private final AgentConnection connection;

  private AttachedJvm(String javaVersion, AgentConnection connection) {
    this.javaVersion = javaVersion;
    this.connection = connection;
  }

  /**
   * {@return the JVM, with the agent loaded into it}
   *
   * @param jvm which one
   * @param settings what the agent is to do
   * @throws CommandException if it is refused
   */
  public static AttachedJvm attach(Jvm jvm, AgentSettings settings) throws CommandException {
    try (AgentDirectory directory = AgentDirectory.make();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(directory.socket()));
      byte[] random = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(random);
      String token = HexFormat.of().formatHex(random);
      String version = load(jvm, directory, token);
      AgentConnection connection = AgentConnection.accept(server, token);
      connection.send(settings.toLine());
      return new AttachedJvm(version, connection);
    } catch (AttachNotSupportedException | IOException e) {
      throw refused(jvm, "cannot be attached to", e);
    } catch (AgentLoadException | AgentInitializationException e) {
      throw refused(jvm, "does not take the agent", e);
    }
  }

  private static String load(Jvm jvm, AgentDirectory directory, String token)
      throws CommandException,
          AttachNotSupportedException,
          AgentLoadException,
          AgentInitializationException,
          IOException {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(jvm.pid()));
    try {
      String version = machine.getSystemProperties().getProperty("java.version", "");
      checkVersion(
          jvm, machine.getSystemProperties().getProperty("java.specification.version", ""));
      machine.loadAgent(directory.entryJar().toString(), directory.path() + "\n" + token);
      return version;
    } finally {
      machine.detach();
    }
  }

  /** Version 8 and those before call themselves 1.8 and so on. */
  static void checkVersion(Jvm jvm, String version) throws CommandException {
    if (!version.matches("[0-9]+") || Integer.parseInt(version) < OLDEST_JAVA) {
      throw CommandException.usage(
          "process " + jvm.pid() + " runs on Java " + version + ": 17 or newer is needed");
    }
  }

  private static CommandException refused(Jvm jvm, String how, Exception why) {
    return CommandException.usage("process " + jvm.pid() + " " + how + ": " + Reasons.of(why));
  }

  /** {@return the version of its Java} */
  public String javaVersion() {
    return javaVersion;
  }

  /** {@return what the agent tells next, once it does} To be called by one thread. */
  public AgentMessage next() {
    try {
      String line = connection.receive();
      if (line != null) {
        return AgentMessage.parse(line);
      }
    } catch (IOException gone) {
      // As if it had ended.
    }
    return new AgentMessage(AgentMessage.Kind.GONE, "");
  }

  /**
   * Asks the agent to take everything out. It tells what it still has, and then that it has ended.
   * By any thread; without effect if the JVM is gone.
   */
  public void detach() {
    try {
      connection.send("detach");
    } catch (IOException gone) {
      // Then there is nothing to take out.
    }
  }

  /** Ends the connection. If the agent is still there, it takes everything out. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
