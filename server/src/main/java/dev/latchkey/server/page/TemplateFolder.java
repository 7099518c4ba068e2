package dev.latchkey.server.page;

import gg.jte.CodeResolver;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * An operator's folder with templates that stand in place of ours. All templates are compiled together at start, so a mistake
 * in one is found then and not by whoever asks for the page first.
 */
final class TemplateFolder implements CodeResolver {
    private static final String SUFFIX = ".jte";
    private static final String PACKAGE = "dev.latchkey.server.page.overridden";

    private final Path folder;

    private TemplateFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The templates with those of the folder among them.
     *
     * @throws PageSettingsException when a template does not compile (with its file and line), cannot be read, or is none of
     *     the pages', or when there is no compiler
     */
    static Templates compile(Path folder) {
        TemplateFolder source = new TemplateFolder(folder);
        source.checkNames();
        if (ToolProvider.getSystemJavaCompiler() == null) {
            throw new PageSettingsException(folder + " has templates, and this Java has no compiler: run a JDK");
        }
        try {
            Path classes = Files.createTempDirectory("latchkey-pages");
            TemplateEngine compiler = TemplateEngine.create(
                    source, classes, ContentType.Html, TemplateFolder.class.getClassLoader(), PACKAGE);
            compiler.setTrimControlStructures(true);
            compiler.precompileAll();
            deleteAtExit(classes);
            return Templates.of(TemplateEngine.createPrecompiled(
                    classes, ContentType.Html, TemplateFolder.class.getClassLoader(), PACKAGE));
        } catch (IOException e) {
            throw new PageSettingsException(folder + " cannot be compiled", e);
        } catch (TemplateException e) {
            throw new PageSettingsException(folder + ": " + e.getMessage(), e);
        }
    }

    /** One that is not called as ours is would never be used. */
    private void checkNames() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX) && !resolveAllTemplateNames().contains(name)) {
                    throw new PageSettingsException(file + ": no page has a template of that name; they are "
                            + String.join(", ", resolveAllTemplateNames()));
                }
            }
        } catch (IOException e) {
            throw new PageSettingsException(folder + " cannot be read", e);
        }
    }

    @Override
    public @Nullable String resolve(String name) {
        if (!exists(name)) {
            return null;
        }
        try {
            Path own = folder.resolve(name);
            return Files.isRegularFile(own) ? Files.readString(own) : ours(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ours(String name) throws IOException {
        try (InputStream in = TemplateFolder.class.getResourceAsStream("template/" + name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public boolean exists(String name) {
        return resolveAllTemplateNames().contains(name);
    }

    @Override
    public long getLastModified(String name) {
        return 0;
    }

    @Override
    public List<String> resolveAllTemplateNames() {
        return Templates.NAMES.stream().map(name -> name + SUFFIX).toList();
    }

    /** The classes are loaded when a page is first asked for. */
    private static void deleteAtExit(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.map(Path::toFile).forEach(File::deleteOnExit); // in reverse order, so a folder after what is in it
        }
    }
}
