package dev.latchkey.server.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints how a command is used. */
final class Usage {
    private static final int WIDTH = 100;
    private static final int MAX_HEAD = 24;

    private Usage() {}

    /** Prints the help of the command that is called by these words. */
    static void print(String words, Command command, PrintStream out) {
        Syntax syntax = command.syntax();
        out.println("Usage: " + words
                + (command instanceof CommandGroup ? " COMMAND" : positionals(syntax) + " [OPTIONS]"));
        out.println(syntax.description());
        out.println();
        if (command instanceof CommandGroup group) {
            group.commands()
                    .forEach(sub -> row(sub.syntax().name(), sub.syntax().description(), out));
            return;
        }
        syntax.positionals().forEach(word -> row(word.label(), word.description(), out));
        syntax.options()
                .forEach(option -> row(
                        option.head(), option.description() + (option.repeatable() ? " May be repeated." : ""), out));
    }

    private static String positionals(Syntax syntax) {
        StringBuilder text = new StringBuilder();
        for (Syntax.Positional word : syntax.positionals()) {
            text.append(
                    switch (word.occurs()) {
                        case ONCE -> " " + word.label();
                        case AT_MOST_ONCE -> " [" + word.label() + "]";
                        case ANY -> " [" + word.label() + "…]";
                    });
        }
        return text.toString();
    }

    private static void row(String head, String text, PrintStream out) {
        List<String> lines = wrap(text);
        boolean own = head.length() > MAX_HEAD;
        if (own) {
            out.println("  " + head);
        }
        for (int i = 0; i < lines.size(); i++) {
            String first = i == 0 && !own ? head : "";
            out.println("  " + first + " ".repeat(MAX_HEAD + 2 - first.length()) + lines.get(i));
        }
    }

    private static List<String> wrap(String text) {
        int width = WIDTH - MAX_HEAD - 4;
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
