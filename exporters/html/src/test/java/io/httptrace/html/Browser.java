package io.httptrace.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chromium without a window, with one page, driven by its DevTools protocol. For one thread.
 *
 * <p>It has a profile of its own, and says itself where it listens.
 */
final class Browser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_MINUTES = 5;
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final String session;
  private int calls;

  private Browser(Process process, String address) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener(received))
            .get(LIMIT_MINUTES, TimeUnit.MINUTES);
    String target =
        call("", "Target.createTarget", Map.of("url", "about:blank")).get("targetId").textValue();
    this.session =
        call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .textValue();
    for (String domain : new String[] {"Page", "Network", "Log", "Runtime"}) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Starts one. Its profile is left in target, for it may write to it to the last. */
  static Browser start() throws Exception {
    Path directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "browser");
    Process process =
        new ProcessBuilder(
                "chromium",
                "--headless=new",
                "--no-sandbox", // it runs as root
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-extensions",
                "--disable-background-networking",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + directory.toAbsolutePath(),
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return new Browser(process, address(process));
    } catch (Exception | Error e) {
      process.destroyForcibly().waitFor();
      throw e;
    }
  }

  /** Reads on behind the address, so that the browser never waits for a reader. */
  private static String address(Process process) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread reader = new Thread(() -> said.lines().forEach(rest -> {}), "browser-stderr");
        reader.setDaemon(true);
        reader.start();
        return listening.group(1);
      }
    }
    throw new IllegalStateException("chromium does not start:\n" + all);
  }

  /** Opens a page, and waits until all of it is there. */
  void open(URI page) throws Exception {
    events.clear();
    call("Page.navigate", Map.of("url", page.toString()));
    while (events.stream().noneMatch(event -> is(event, "Page.loadEventFired"))) {
      events.add(next());
    }
  }

  /** How large the page is seen, and whether its reader prefers dark pages. */
  void show(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** The value of an expression, or of the promise it makes. */
  JsonNode evaluate(String script) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  /** Waits, from one frame to the next, until a condition holds. */
  void await(String condition) throws Exception {
    evaluate(
        "new Promise(done=>{const look=()=>("
            + condition
            + ")?done(true):requestAnimationFrame(look);look()})");
  }

  /** Moves the mouse to the middle of an element. */
  void pointAt(String selector) throws Exception {
    JsonNode place =
        evaluate(
            "(()=>{const r=document.querySelector('"
                + selector
                + "').getBoundingClientRect();return{x:r.x+r.width/2,y:r.y+r.height/2}})()");
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", "mouseMoved", "x", place.get("x"), "y", place.get("y")));
  }

  byte[] screenshot() throws Exception {
    JsonNode taken = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(taken.get("data").textValue());
  }

  /** The events of a kind since the page was opened. */
  List<JsonNode> events(String method) {
    return events.stream().filter(event -> is(event, method)).toList();
  }

  private static boolean is(JsonNode event, String method) {
    return event.path("method").asText().equals(method);
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    return call(session, method, parameters);
  }

  private JsonNode call(String inSession, String method, Map<String, ?> parameters)
      throws Exception {
    int id = ++calls;
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!inSession.isEmpty()) {
      message.put("sessionId", inSession);
    }
    socket.sendText(message.toString(), true).get(LIMIT_MINUTES, TimeUnit.MINUTES);
    while (true) {
      JsonNode answer = next();
      if (answer.path("id").asInt() == id) {
        if (answer.has("error")) {
          throw new IllegalStateException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
      }
      events.add(answer);
    }
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = received.poll(LIMIT_MINUTES, TimeUnit.MINUTES);
    if (message == null) {
      throw new IllegalStateException("the browser says nothing");
    }
    return message;
  }

  void close() throws Exception {
    List<ProcessHandle> helpers = process.descendants().toList();
    socket.abort();
    process.destroyForcibly().waitFor();
    helpers.forEach(ProcessHandle::destroyForcibly);
  }

  /** Puts messages together. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> received;
    private final StringBuilder message = new StringBuilder();

    Listener(BlockingQueue<JsonNode> received) {
      this.received = received;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        try {
          received.add(JSON.readTree(message.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(message.toString(), e);
        }
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
