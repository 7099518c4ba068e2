package dev.latchkey.example.page;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.guard.Guard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Serves page and API at http://localhost:3000, for users of the token server at http://localhost:9000. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        String issuer = "http://localhost:9000";
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 3000), 0);
        Guard guard = Guard.issuer(issuer).audience(NotesApi.AUDIENCE).build();
        NotesServer.start(http, guard, issuer);
        System.out.println("Open http://localhost:3000 and sign in as alice, correct horse battery staple");
    }
}
