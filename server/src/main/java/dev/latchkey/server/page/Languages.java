package dev.latchkey.server.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The languages of the pages: English, German, and those of an operator's folder. One that is not complete speaks English
 * where it has no words. Read when first asked for. Safe for many threads.
 */
public final class Languages {
    static final String ENGLISH = "en";
    private static final List<String> OWN = List.of(ENGLISH, "de");
    private static final Pattern FILE = Pattern.compile("messages_([a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})\\.properties");
    private static final int MAX_RANGES = 20;

    /** Words of the operator, by language tag in lower case. */
    private final Map<String, Map<String, String>> more;

    private final Map<String, Language> known = new ConcurrentHashMap<>();

    private Languages(Map<String, Map<String, String>> more) {
        this.more = Map.copyOf(more);
    }

    /** English and German. */
    public static Languages own() {
        return new Languages(Map.of());
    }

    /**
     * English, German, and what the folder's files {@code messages_TAG.properties} add or say in another way.
     *
     * @throws PageSettingsException when a file cannot be read, or has words with wrong placeholders
     */
    public static Languages with(Path folder) {
        Map<String, Map<String, String>> more = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher matcher = FILE.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    more.put(matcher.group(1).toLowerCase(Locale.ROOT), checked(file));
                }
            }
        } catch (IOException e) {
            throw new PageSettingsException(folder + " cannot be read", e);
        }
        return new Languages(more);
    }

    /**
     * The language to speak (RFC 4647 §3.4): the first of the ui_locales that there is, else the most wanted of the header,
     * else English.
     *
     * @param uiLocales as a request asks for them, the most wanted first (OpenID Connect Core §3.1.2.1)
     * @param acceptLanguage the header, if there was one
     */
    public Language choose(List<String> uiLocales, Optional<String> acceptLanguage) {
        return Stream.concat(
                        uiLocales.stream().limit(MAX_RANGES),
                        acceptLanguage.map(AcceptLanguage::parse).stream().flatMap(List::stream))
                .flatMap(range -> lookUp(range).stream())
                .findFirst()
                .map(this::language)
                .orElseGet(() -> language(ENGLISH));
    }

    private Optional<String> lookUp(String range) {
        String tag = range.toLowerCase(Locale.ROOT);
        while (!tag.isEmpty()) {
            if (OWN.contains(tag) || more.containsKey(tag)) {
                return Optional.of(tag);
            }
            tag = tag.substring(0, Math.max(0, tag.lastIndexOf('-')));
        }
        return Optional.empty();
    }

    private Language language(String tag) {
        return known.computeIfAbsent(tag, wanted -> {
            Map<String, String> words = new HashMap<>(own(ENGLISH));
            if (OWN.contains(wanted)) {
                words.putAll(own(wanted));
            }
            words.putAll(more.getOrDefault(wanted, Map.of()));
            return new Language(Locale.forLanguageTag(wanted), words);
        });
    }

    static Map<String, String> own(String tag) {
        String resource = "messages_" + tag + ".properties";
        try (var in = Languages.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> read(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> words = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
        return words;
    }

    private static Map<String, String> checked(Path file) {
        Map<String, String> english = own(ENGLISH);
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Map<String, String> words = read(reader);
            words.forEach((key, text) -> check(file, key, text, english));
            return words;
        } catch (IOException | IllegalArgumentException e) {
            throw new PageSettingsException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void check(Path file, String key, String text, Map<String, String> english) {
        String original = english.get(key);
        if (original == null) {
            throw new PageSettingsException(file + ": there are no words named " + key);
        }
        if (placeholders(text) > placeholders(original)) {
            throw new PageSettingsException(file + ": " + key + " has more placeholders than there are values");
        }
    }

    /** How many values the words take. */
    static int placeholders(String text) {
        return new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex().length;
    }
}
