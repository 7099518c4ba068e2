package dev.latchkey.bench.load;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, from its start to its end. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Process process;
    private final UntilExit untilExit;
    private final InetSocketAddress address;
    private final Duration firstAnswer;

    private ServerProcess(Process process, UntilExit untilExit, InetSocketAddress address, Duration firstAnswer) {
        this.process = process;
        this.untilExit = untilExit;
        this.address = address;
        this.firstAnswer = firstAnswer;
    }

    /**
     * Starts a server and waits for its first answer.
     *
     * @param command with {@code PORT} where the port belongs
     * @param path that it answers with 200
     */
    public static ServerProcess start(List<String> command, Map<String, String> environment, String path, Path log)
            throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command.stream()
                .map(word -> word.replace("PORT", Integer.toString(port)))
                .toList());
        builder.environment().putAll(environment);
        File file = log.toFile();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(file));
        long start = System.nanoTime();
        Process process = builder.start();
        UntilExit untilExit = UntilExit.of(() -> end(process));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        byte[] request = Exchange.get(path, Map.of());
        while (System.nanoTime() - start < START_LIMIT.toNanos()) {
            if (!process.isAlive()) {
                untilExit.close();
                throw new IOException("the server ended while it started, see " + file);
            }
            try (Connection connection = new Connection(address, Exchange.fixed(request))) {
                connection.exchange();
                if (connection.isGood()) {
                    return new ServerProcess(process, untilExit, address, Duration.ofNanos(System.nanoTime() - start));
                }
            } catch (IOException e) {
                // it does not listen yet
            }
            Thread.sleep(2);
        }
        untilExit.close();
        throw new IOException("the server does not answer, see " + file);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** From the start of the process to the end of its first answer. */
    public Duration firstAnswer() {
        return firstAnswer;
    }

    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    long pid() {
        return process.pid();
    }

    /** Resident memory in MiB: {@code VmRSS} now, {@code VmHWM} at most so far; 0 where the system does not tell. */
    public long residentMib(String field) throws IOException {
        return status(field) / 1024;
    }

    /** How many threads it has; 0 where the system does not tell. */
    public long threads() throws IOException {
        return status("Threads");
    }

    private long status(String field) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        Matcher found = Pattern.compile(field + ":\\s+(\\d+)").matcher(Files.readString(status));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    /** Sends one request on a connection of its own and gives the body of the answer, whose status has to be 200. */
    String ask(byte[] request) throws IOException {
        try (Connection connection = new Connection(address, Exchange.fixed(request))) {
            connection.exchange();
            if (connection.status() != 200) {
                throw new IOException("the server answered " + connection.status() + " " + connection.body());
            }
            return connection.body();
        }
    }

    @Override
    public void close() {
        try {
            untilExit.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.destroy();
        boolean ended = false;
        try {
            ended = process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.destroyForcibly();
        }
    }
}
