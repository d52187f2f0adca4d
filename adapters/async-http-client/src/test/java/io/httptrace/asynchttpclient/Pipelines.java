package io.httptrace.asynchttpclient;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.Response;
import org.jspecify.annotations.Nullable;

/** Notes which handlers the connection of a call has when it is given back. */
final class Pipelines extends AsyncCompletionHandler<Response> {
  final List<String> names = new CopyOnWriteArrayList<>();

  @Override
  public void onConnectionOffer(Channel connection) {
    names.addAll(connection.pipeline().names());
  }

  @Override
  public @Nullable Response onCompleted(@Nullable Response response) {
    return response;
  }
}
