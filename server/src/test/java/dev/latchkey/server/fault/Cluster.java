package dev.latchkey.server.fault;

import dev.latchkey.server.FreePort;
import dev.latchkey.server.soak.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Equal servers on one store behind nginx, each with a data folder of its own and all with one master key. */
final class Cluster implements AutoCloseable {
    private static final byte[] MASTER_KEY = new byte[32];

    private final List<Place> places;
    private final int port;
    private final List<ServerProcess> servers = new ArrayList<>();
    private Optional<Nginx> front = Optional.empty();

    /**
     * Where a server runs.
     *
     * @param host the address it listens at
     * @param store the store as it is reached from there
     * @param before the words before its command, see {@link Namespace#before}
     */
    record Place(String host, String store, List<String> before) {
        static Place here(String store) {
            return new Place("127.0.0.1", store, List.of());
        }
    }

    private Cluster(List<Place> places, int port) {
        this.places = List.copyOf(places);
        this.port = port;
    }

    /**
     * Starts one server after the other, then nginx.
     *
     * @param folder empty
     * @param more lines of YAML for all of them
     * @param program what they run
     */
    static Cluster start(Path folder, List<Place> places, String more, ServerProcess.Program program)
            throws IOException {
        Cluster cluster = startWithoutProxy(folder, places, more, program);
        try {
            List<String> addresses = cluster.servers().stream()
                    .map(server -> server.substring("http://".length()))
                    .toList();
            cluster.front =
                    Optional.of(Nginx.start(Files.createDirectory(folder.resolve("nginx")), cluster.port, addresses));
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Nobody answers at {@link #url} then, but {@link #servers} do. */
    static Cluster startWithoutProxy(Path folder, List<Place> places, String more, ServerProcess.Program program)
            throws IOException {
        Cluster cluster = new Cluster(places, FreePort.next());
        try {
            for (Place place : places) {
                Path own = Files.createDirectory(folder.resolve("server" + cluster.servers.size()));
                int port = FreePort.next();
                ServerProcess server = new ServerProcess(
                        own,
                        "http://" + place.host() + ":" + port,
                        configuration(place, port, own, cluster.port) + more);
                cluster.servers.add(server);
                server.start(program.after(place.before()));
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static String configuration(Place place, int port, Path folder, int frontPort) {
        return """
            issuer: http://localhost:%d
            host: %s
            port: %d
            store: '%s'
            data: '%s'
            insecure-http-issuer: true
            trusted-proxies: [127.0.0.0/8, 169.254.0.0/16]
            keys: {master-key: '%s'}
            """.formatted(
                        frontPort,
                        place.host(),
                        port,
                        place.store(),
                        folder.resolve("data"),
                        Base64.getEncoder().encodeToString(MASTER_KEY));
    }

    /** The issuer, and the address of nginx. */
    String url() {
        return "http://localhost:" + port;
    }

    /** The addresses of the servers themselves. */
    List<String> servers() {
        return servers.stream().map(ServerProcess::url).toList();
    }

    int size() {
        return servers.size();
    }

    void kill(int server) throws InterruptedException {
        servers.get(server).kill();
    }

    /** By SIGTERM, and waits until it has drained. */
    void stop(int server) throws InterruptedException {
        servers.get(server).stop();
    }

    void start(int server, ServerProcess.Program program) throws IOException {
        servers.get(server).start(program.after(places.get(server).before()));
    }

    /** What all of them have logged. */
    String log() throws IOException {
        StringBuilder log = new StringBuilder();
        for (ServerProcess server : servers) {
            log.append(server.log());
        }
        return log.toString();
    }

    @Override
    public void close() {
        front.ifPresent(Nginx::close);
        servers.forEach(ServerProcess::close);
    }
}
