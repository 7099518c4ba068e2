package dev.latchkey.server.command;

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
    public static Program create() {
        return new Program(new CommandGroup(
                "latchkey",
                "A token server (OAuth 2.1, OpenID Connect) and its tools.",
                List.of(
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
            return fail(terminal, firstLine(e), e.exitCode());
        } catch (IOException | UncheckedIOException e) {
            return fail(terminal, "input or output failed: " + e.getClass().getSimpleName(), Command.REFUSED);
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

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
