package dev.latchkey.example.page;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.guard.Guard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Serves page and API at http://localhost:3000, which is where the token server sends its users back to. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        String issuer = System.getProperty("latchkey.guard.issuer", "http://localhost:9000");
        int port = Integer.getInteger("server.port", 3000);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        Guard guard = Guard.issuer(issuer).audience(NotesApi.AUDIENCE).build();
        NotesServer.start(http, guard, issuer);
        System.out.println("Open http://localhost:" + port + " and sign in as alice, correct horse battery staple");
    }
}
