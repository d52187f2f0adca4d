package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.ClientFactoryOptions;
import com.linecorp.armeria.common.Flags;
import io.httptrace.adapter.KnownConnections;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Listens to the connections that a factory dials for traced requests. */
final class ArmeriaFactoryHooks implements Consumer<ChannelPipeline> {
  private final Consumer<? super ChannelPipeline> own;
  private final KnownConnections<Channel> connections = new KnownConnections<>();

  private ArmeriaFactoryHooks(Consumer<? super ChannelPipeline> own) {
    this.own = own;
  }

  /** {@return the hooks in a factory's options; null if it has none} */
  static @Nullable ArmeriaFactoryHooks of(ClientFactoryOptions options) {
    return options.channelPipelineCustomizer() instanceof ArmeriaFactoryHooks hooks ? hooks : null;
  }

  static void install(ClientFactoryBuilder builder, ClientFactoryOptions options) {
    builder.options(options);
    if (of(options) != null) {
      return;
    }
    Function<? super EventLoopGroup, ? extends AddressResolverGroup<? extends InetSocketAddress>>
        resolvers = resolvers(options);
    // Unlike option(), it refuses to overrule a customizer of the application.
    builder.addressResolverGroupFactory(group -> new TracedResolverGroup(resolvers.apply(group)));
    builder.option(
        ClientFactoryOptions.CHANNEL_PIPELINE_CUSTOMIZER,
        new ArmeriaFactoryHooks(options.channelPipelineCustomizer()));
  }

  private static Function<
          ? super EventLoopGroup, ? extends AddressResolverGroup<? extends InetSocketAddress>>
      resolvers(ClientFactoryOptions options) {
    Object factory = ClientFactoryOptions.ADDRESS_RESOLVER_GROUP_FACTORY;
    if (Flags.useJdkDnsResolver() && !options.asMap().containsKey(factory)) {
      return group -> DefaultAddressResolverGroup.INSTANCE;
    }
    return options.addressResolverGroupFactory();
  }

  KnownConnections<Channel> connections() {
    return connections;
  }

  /** Called for each new connection, when it is about to be dialled. */
  @Override
  public void accept(ChannelPipeline pipeline) {
    own.accept(pipeline);
    ArmeriaRoundTrip owner = DialOwner.current();
    if (owner != null) {
      Channel channel = pipeline.channel();
      long id = ArmeriaConnections.newId(connections, channel);
      ArmeriaDial dial = new ArmeriaDial(owner, id, channel);
      owner.dials(dial);
      pipeline.addFirst(new DialHandler(dial));
    }
  }

  @Override
  public String toString() {
    return "ArmeriaFactoryHooks[" + connections + "]";
  }
}
