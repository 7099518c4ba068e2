package dev.latchkey.bench.load;

import io.helidon.webserver.WebServer;

/** The web server alone with a fixed answer, to see what HTTP costs without anything of ours. */
final class PlainServer {
    private PlainServer() {}

    public static void main(String[] arguments) {
        byte[] answer = "{\"status\":\"up\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(routing -> routing.get("/", (request, response) -> response.send(answer)))
                .build()
                .start();
    }
}
