package dev.latchkey.server.command;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** The {@code latchkey} command: finds what was asked for, runs it, and turns every failure into one line and an exit code. */
public final class Program {
    private final CommandGroup commands;

    private Program(Backend backend) {
        commands = new CommandGroup(
                "latchkey",
                "A token server (OAuth 2.1, OpenID Connect) and its tools.",
                List.of(
                        new Serve(backend),
                        new CommandGroup(
                                "user",
                                "The people who can log in.",
                                List.of(
                                        new UserAdd(backend),
                                        new UserList(backend),
                                        UserSwitch.disabling(backend),
                                        UserSwitch.enabling(backend),
                                        new UserPassword(backend),
                                        new UserImportCommand(backend))),
                        new CommandGroup(
                                "client",
                                "The applications that ask for tokens.",
                                List.of(
                                        new ClientAdd(backend),
                                        new ClientList(backend),
                                        new ClientRemove(backend),
                                        new ClientNewSecret(backend),
                                        new ClientInitialToken(backend))),
                        new CommandGroup(
                                "key", "The keys that sign.", List.of(new KeyList(backend), new KeyRotate(backend))),
                        new CommandGroup(
                                "session",
                                "Who is logged in.",
                                List.of(new SessionList(backend), new SessionRevoke(backend))),
                        new CommandGroup(
                                "audit", "What happened.", List.of(new AuditTail(backend), new AuditExport(backend))),
                        new CommandGroup(
                                "token",
                                "Tokens from the shell, without a server.",
                                List.of(new TokenCreate(), new TokenVerify(), new TokenDecode())),
                        new Migrate(backend),
                        new Backup(backend),
                        new Restore(backend),
                        new CommandGroup(
                                "store",
                                "What everything is kept in.",
                                List.of(new StoreCopyCommand(backend), new StoreNewEpoch(backend))),
                        new CommandGroup("config", "The configuration.", List.of(new ConfigCheck())),
                        new VersionCommand(),
                        new HelpCommand(this::commands)));
    }

    private CommandGroup commands() {
        return commands;
    }

    /** With all commands. */
    public static Program create(Backend backend) {
        return new Program(backend);
    }

    /** Runs the command of the arguments; the exit code is 0 for done, 1 for refused, 2 for wrong usage. */
    public int run(List<String> arguments, Terminal terminal) {
        try {
            return find(commands, "latchkey", arguments, terminal);
        } catch (CommandException e) {
            e.lines().forEach(terminal.err()::println);
            return e.exitCode();
        } catch (StoreUnavailableException e) {
            return fail(terminal, "the store cannot be used at the moment: " + e.reason());
        } catch (IOException | RuntimeException e) {
            return fail(terminal, reason(e));
        } finally {
            terminal.out().flush();
        }
    }

    private static int find(Command command, String words, List<String> arguments, Terminal terminal)
            throws IOException {
        if (command instanceof CommandGroup group
                && !arguments.isEmpty()
                && !arguments.getFirst().startsWith("-")) {
            Command next = group.find(arguments.getFirst());
            return find(next, words + " " + arguments.getFirst(), arguments.subList(1, arguments.size()), terminal);
        }
        Arguments parsed = parse(command, words, arguments);
        if (parsed.flag(Syntax.HELP)) {
            Usage.print(words, command, terminal.out());
            return Command.OK;
        }
        return command.run(parsed, terminal);
    }

    private static Arguments parse(Command command, String words, List<String> arguments) {
        try {
            return command.syntax().parse(arguments);
        } catch (CommandException e) {
            throw CommandException.usage(
                    e.lines().getFirst().replaceFirst("^latchkey: ", "") + " (see " + words + " --help)");
        }
    }

    private static int fail(Terminal terminal, String message) {
        terminal.err().println("latchkey: " + message);
        return Command.REFUSED;
    }

    /** The message of the first cause that has one; that of a file is its name only, so what is wrong with it is added. */
    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && (cause.getMessage() == null || cause instanceof UncheckedIOException)) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        if (cause instanceof NoSuchFileException) {
            return message + ": there is no such file or folder";
        }
        if (cause instanceof AccessDeniedException) {
            return message + ": this user may not do that";
        }
        return message.lines().findFirst().orElse(cause.getClass().getSimpleName());
    }
}
