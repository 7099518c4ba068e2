package dev.latchkey.server.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.JDBC;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native part of SQLite. The driver unpacks it from its jar and reads it back at every start, which takes longer than
 * opening a database; laid in a folder that {@code org.sqlite.lib.path} names, it is only loaded.
 */
public final class SqliteLibrary {
    private SqliteLibrary() {}

    /** Copies it into the folder; does nothing where the driver has none for this platform. */
    public static void unpackTo(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = JDBC.class.getResourceAsStream(resource)) {
            if (library != null) {
                Files.copy(library, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
