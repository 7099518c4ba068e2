package dev.latchkey.server.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Classes that were compiled at start, kept in memory so that no folder has to stay for as long as the server runs. */
final class CompiledTemplates extends ClassLoader {
    private static final String SUFFIX = ".class";

    private final Map<String, byte[]> classes;

    private CompiledTemplates(Map<String, byte[]> classes) {
        super(CompiledTemplates.class.getClassLoader());
        this.classes = Map.copyOf(classes);
    }

    /** All class files under a folder. */
    static CompiledTemplates read(Path folder) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                String path = folder.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                classes.put(path.substring(0, path.length() - SUFFIX.length()), Files.readAllBytes(file));
            }
        }
        return new CompiledTemplates(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
