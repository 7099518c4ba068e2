package dev.latchkey.server;

import dev.latchkey.server.sql.SqliteLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Readies the jars of a distribution for a fast start, once: takes the signatures off, since the JVM's cache takes no class of
 * a signed jar and checking them costs a tenth of a second, and lays the native libraries beside them, which would otherwise
 * be unpacked at every start. Run by the launcher with the folder of the jars as its argument.
 */
final class Installation {
    private static final String NATIVE_CRYPTO = "/libamazonCorrettoCryptoProvider.";

    private final Path lib;

    private Installation(Path lib) {
        this.lib = lib;
    }

    public static void main(String[] arguments) throws IOException {
        Installation installation = new Installation(Path.of(arguments[0]));
        SqliteLibrary.unpackTo(Files.createDirectories(installation.lib.resolve("native")));
        for (Path jar : installation.jars()) {
            installation.unpackNativeCrypto(jar);
            // Oracle's own builds take cryptography from signed jars only
            if (!System.getProperty("java.runtime.name", "").contains("Java(TM)")) {
                removeSignature(jar);
            }
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private void unpackNativeCrypto(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.contains(NATIVE_CRYPTO)) {
                    Path folder = Files.createDirectories(lib.resolve("native"));
                    try (InputStream in = jar.getInputStream(entry)) {
                        Path target = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
                        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    private static void removeSignature(Path file) throws IOException {
        Path unsigned = file.resolveSibling(file.getFileName() + ".unsigned");
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            if (jar.stream().noneMatch(entry -> isSignature(entry.getName())) || manifest == null) {
                return;
            }
            manifest.getEntries().values().forEach(Installation::removeDigests);
            manifest.getEntries().values().removeIf(Attributes::isEmpty);
            try (OutputStream out = Files.newOutputStream(unsigned);
                    JarOutputStream target = new JarOutputStream(out, manifest)) {
                for (JarEntry entry : jar.stream().toList()) {
                    if (!isSignature(entry.getName()) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        target.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream in = jar.getInputStream(entry)) {
                            in.transferTo(target);
                        }
                        target.closeEntry();
                    }
                }
            }
        }
        Files.move(unsigned, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/")
                && upper.indexOf('/', "META-INF/".length()) < 0
                && (upper.endsWith(".SF") || upper.endsWith(".RSA") || upper.endsWith(".DSA") || upper.endsWith(".EC"));
    }

    private static void removeDigests(Attributes attributes) {
        attributes
                .keySet()
                .removeIf(key -> key.toString().toUpperCase(Locale.ROOT).contains("-DIGEST"));
    }
}
