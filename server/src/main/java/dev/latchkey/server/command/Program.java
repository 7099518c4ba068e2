package dev.latchkey.server.command;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code latchkey} command: finds what was asked for, runs it, and turns every failure into one line and an exit code. */
public final class Program {
    private final CommandGroup commands;

    private Program(CommandGroup commands) {
        this.commands = commands;
    }

    /** With all commands. */
    public static Program create(Backend backend) {
        return new Program(new CommandGroup(
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
                                        new ClientNewSecret(backend))),
                        new CommandGroup(
                                "key", "The keys that sign.", List.of(new KeyList(backend), new KeyRotate(backend))),
                        new CommandGroup(
                                "session",
                                "Who is logged in.",
                                List.of(new SessionList(backend), new SessionRevoke(backend))),
                        new CommandGroup(
                                "token",
                                "Tokens from the shell, without a server.",
                                List.of(new TokenCreate(), new TokenVerify(), new TokenDecode())),
                        new CommandGroup("config", "The configuration.", List.of(new ConfigCheck())),
                        new VersionCommand(),
                        new HelpCommand())));
    }

    /** Runs the command of the arguments; the exit code is 0 for done, 1 for refused, 2 for wrong usage. */
    public int run(List<String> arguments, Terminal terminal) {
        CommandLine line = new CommandLine(commands.spec());
        line.setExpandAtFiles(false);
        line.setInterpolateVariables(false);
        try {
            ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            return run(parsed, terminal);
        } catch (ParameterException e) {
            String name = e.getCommandLine().getCommandSpec().qualifiedName();
            return fail(terminal, firstLine(e) + " (" + name + " --help tells more)", Command.USAGE);
        } catch (CommandException e) {
            e.lines().forEach(terminal.err()::println);
            return e.exitCode();
        } catch (StoreUnavailableException e) {
            return fail(terminal, "the store cannot be used at the moment", Command.REFUSED);
        } catch (IOException | RuntimeException e) {
            return fail(terminal, reason(e), Command.REFUSED);
        } finally {
            terminal.out().flush();
        }
    }

    private static int run(ParseResult parsed, Terminal terminal) throws IOException {
        if (parsed.isUsageHelpRequested()) {
            parsed.commandSpec().commandLine().usage(terminal.out(), Ansi.OFF);
            return Command.OK;
        }
        if (parsed.commandSpec().userObject() instanceof Command command) {
            return command.run(parsed, terminal);
        }
        throw new IllegalStateException("a command line without a command");
    }

    private static int fail(Terminal terminal, String message, int exitCode) {
        terminal.err().println("latchkey: " + message);
        return exitCode;
    }

    /** The message of the first cause that has one. */
    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && (cause.getMessage() == null || cause instanceof UncheckedIOException)) {
            cause = cause.getCause();
        }
        return cause instanceof Exception exception && !firstLine(exception).isEmpty()
                ? firstLine(exception)
                : cause.toString();
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
