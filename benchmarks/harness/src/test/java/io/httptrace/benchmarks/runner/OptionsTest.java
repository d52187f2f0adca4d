package io.httptrace.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.benchmarks.peer.Workload;
import io.httptrace.benchmarks.worker.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final List<Client> CLIENTS =
      List.of(
          Client.of("apache peer peers/apache a.Apache sync1+sync32 what it is"),
          Client.of("httptrace ours peers/httptrace a.Ours?trace=none&x all this client"));

  @Test
  void withoutOptionsEverythingIsMeasuredThreeTimes() {
    Options options = Options.of(Map.of(), CLIENTS);
    assertThat(options.clients()).isEqualTo(CLIENTS);
    assertThat(options.workloads()).isEqualTo(Workload.ALL);
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.goalsOnly()).isFalse();
  }

  @Test
  void partsAreChosenByName() {
    Options options =
        Options.of(
            Map.of(
                "clients", "httptrace", "workloads", "async64,sync1", "rounds", "2", "window", "1"),
            CLIENTS);
    assertThat(options.clients()).extracting(Client::name).containsExactly("httptrace");
    assertThat(options.workloads()).extracting(Workload::name).containsExactly("async64", "sync1");
    assertThat(options.rounds()).isEqualTo(2);
    assertThat(options.timing()).isEqualTo(new Timing(12, 1, 3));
  }

  @Test
  void onlyTheGoalsCanBeAskedFor() {
    assertThat(Options.of(Map.of("goals", ""), CLIENTS).goalsOnly()).isTrue();
  }

  @Test
  void whatThereIsNotIsRefused() {
    assertThatThrownBy(() -> Options.of(Map.of("clients", "curl"), CLIENTS))
        .hasMessage("no such client: curl");
    assertThatThrownBy(() -> Options.of(Map.of("workloads", "sync2"), CLIENTS))
        .hasMessage("no such workload: sync2");
    assertThatThrownBy(() -> Client.of("curl peer")).hasMessage("not a client: curl peer");
  }

  @Test
  void aLineHasAClientWithItsOptions() {
    Client ours = CLIENTS.get(1);
    assertThat(ours.type()).isEqualTo("a.Ours");
    assertThat(ours.options()).isEqualTo("trace=none&x");
    assertThat(ours.description()).isEqualTo("this client");
    assertThat(CLIENTS.get(0).does(Workload.of("sync1"))).isTrue();
    assertThat(CLIENTS.get(0).does(Workload.of("async64"))).isFalse();
  }

  @Test
  void eachRoundBeginsElsewhere() {
    Options options = Options.of(Map.of("rounds", "2"), CLIENTS);
    assertThat(options.clientsOf(1)).isEqualTo(CLIENTS);
    assertThat(options.clientsOf(2)).containsExactly(CLIENTS.get(1), CLIENTS.get(0));
  }

  @Test
  void theFileOfClientsCanBeReadAndNamesWorkloadsThereAre() throws IOException {
    List<Client> clients = Client.readFrom(Path.of("../clients.conf"));
    assertThat(clients).extracting(Client::name).doesNotHaveDuplicates().contains("httptrace");
    assertThat(clients).allSatisfy(client -> client.workloads().forEach(name -> Workload.of(name)));
  }
}
