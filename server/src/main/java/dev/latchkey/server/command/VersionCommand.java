package dev.latchkey.server.command;

/** {@code version}: what this is and what it runs on. */
final class VersionCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("version", "Prints the version, and the Java it runs on.");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        terminal.out()
                .println("Latchkey " + version() + " (Java " + Runtime.version() + ", " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch") + ")");
        return OK;
    }

    /** Of the jar; a build that was not packaged has none. */
    static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
