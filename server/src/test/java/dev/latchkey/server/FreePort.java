package dev.latchkey.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a program that has to be told one, and that may let go of it and come back. It is none that the system gives to
 * whoever asks for any port, so nobody gets it in between by chance.
 */
public final class FreePort {
    private static final int FIRST = 15_000;
    /** Where Linux begins to give ports away; elsewhere that is higher. */
    private static final int END = 32_768;

    private FreePort() {}

    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
