package dev.latchkey.server.password;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Argon2 by libargon2, called through {@code java.lang.foreign}. The library comes as a resource of the argon2-jvm jar; it is
 * written to a temporary file for as long as loading takes. Memory that held the password is wiped.
 */
final class NativeArgon2 implements Argon2 {
    private static final int MEMORY_ALLOCATION_ERROR = -22;

    private final MethodHandle argon2Hash;

    private NativeArgon2(MethodHandle argon2Hash) {
        this.argon2Hash = argon2Hash;
    }

    /** Loads the library; empty where there is no build of it for this platform or it cannot be loaded. */
    static Optional<NativeArgon2> load() {
        String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream library = NativeArgon2.class.getResourceAsStream(resource)) {
            if (library == null) {
                return Optional.empty();
            }
            NativeArgon2 loaded = new NativeArgon2(link(library, resource));
            loaded.selfTest();
            return Optional.of(loaded);
        } catch (IOException | IllegalArgumentException | IllegalCallerException | UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    /** The name of the library in the jar, which follows JNA's names of platforms. */
    static String resource(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = switch (osArch) {
            case "amd64", "x86_64" -> "x86-64";
            default -> osArch;
        };
        if (os.startsWith("windows")) {
            return "/win32-" + arch + "/argon2.dll";
        }
        return os.startsWith("mac") ? "/darwin-" + arch + "/libargon2.dylib" : "/" + os + "-" + arch + "/libargon2.so";
    }

    @SuppressWarnings("restricted") // the one native library that the server calls by itself
    private static MethodHandle link(InputStream library, String resource) throws IOException {
        Path file = Files.createTempFile("latchkey-", resource.substring(resource.lastIndexOf('/') + 1));
        try {
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.global());
            MemorySegment function = symbols.find("argon2_hash")
                    .orElseThrow(() -> new UnsatisfiedLinkError("the library has no argon2_hash"));
            return Linker.nativeLinker().downcallHandle(function, argon2HashDescriptor());
        } finally {
            deleteOrLeave(file);
        }
    }

    private static FunctionDescriptor argon2HashDescriptor() {
        ValueLayout.OfInt uint32 = ValueLayout.JAVA_INT;
        ValueLayout.OfLong sizeT = ValueLayout.JAVA_LONG;
        ValueLayout pointer = ValueLayout.ADDRESS;
        return FunctionDescriptor.of(
                uint32, uint32, uint32, uint32, pointer, sizeT, pointer, sizeT, pointer, sizeT, pointer, sizeT, uint32,
                uint32);
    }

    private static void deleteOrLeave(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            // Windows holds the file of a loaded library
            file.toFile().deleteOnExit();
        }
    }

    /** A library that loads but computes something else must not be used. */
    private void selfTest() {
        byte[] salt = new byte[16];
        byte[] password = new byte[3];
        Argon2Parameters cheap = new Argon2Parameters(Argon2Parameters.Type.ID, Argon2Parameters.VERSION_13, 16, 1, 1);
        byte[] here = tag(cheap, password, salt, 16);
        if (!Arrays.equals(here, new JavaArgon2().tag(cheap, password, salt, 16))) {
            throw new UnsatisfiedLinkError("the library computes another function");
        }
    }

    @Override
    public byte[] tag(Argon2Parameters parameters, byte[] password, byte[] salt, int tagBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment secret = arena.allocate(Math.max(1, password.length));
            MemorySegment.copy(password, 0, secret, ValueLayout.JAVA_BYTE, 0, password.length);
            MemorySegment saltCopy = arena.allocateFrom(ValueLayout.JAVA_BYTE, salt);
            MemorySegment tag = arena.allocate(tagBytes);
            int code = call(parameters, secret, password.length, saltCopy, tag);
            secret.fill((byte) 0);
            if (code == MEMORY_ALLOCATION_ERROR) {
                throw new HashMemoryException("no memory for " + parameters.memoryKib() + " KiB of Argon2");
            }
            if (code != 0) {
                throw new IllegalStateException("libargon2 answered with error " + code);
            }
            return tag.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private int call(
            Argon2Parameters parameters, MemorySegment secret, int secretBytes, MemorySegment salt, MemorySegment tag) {
        try {
            return (int) argon2Hash.invokeExact(
                    parameters.iterations(),
                    parameters.memoryKib(),
                    parameters.parallelism(),
                    secret,
                    (long) secretBytes,
                    salt,
                    salt.byteSize(),
                    tag,
                    tag.byteSize(),
                    MemorySegment.NULL,
                    0L,
                    parameters.type().number,
                    parameters.version());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a native call throws nothing that is checked", e);
        }
    }

    @Override
    public String toString() {
        return "native libargon2";
    }
}
