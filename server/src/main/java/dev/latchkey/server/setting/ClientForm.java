package dev.latchkey.server.setting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Client metadata from a command, under the rules of the configuration file.
 *
 * @param client the client; empty where there are problems
 * @param problems what is wrong, a line each
 */
public record ClientForm(Optional<ClientSettings> client, List<String> problems) {
    private static final Set<String> LISTS = Set.of("redirect_uris", "grant_types", "audience");

    /**
     * Reads metadata by the names of RFC 7591 §2; those that are lists may have several values.
     *
     * @param scopes the scopes of the configuration
     */
    public static ClientForm read(Map<String, List<String>> metadata, Set<String> scopes) {
        Problems problems = new Problems();
        Place place = new Place("client", 0);
        Map<String, Value> fields = new LinkedHashMap<>();
        metadata.forEach((name, values) -> {
            List<Value> items = new ArrayList<>();
            values.forEach(value -> items.add(new Value.Text(place, value, true)));
            if (!items.isEmpty()) {
                fields.put(name, LISTS.contains(name) ? new Value.Items(place, items) : items.getFirst());
            }
        });
        Section section = Section.of(new Value.Fields(place, fields), "", ClientKeys.ALL, problems);
        Optional<ClientSettings> client = new ClientReader(scopes).read(section);
        return problems.isEmpty()
                ? new ClientForm(client, List.of())
                : new ClientForm(
                        Optional.empty(),
                        problems.all().stream()
                                .map(problem -> problem.key() + ": " + problem.reason())
                                .toList());
    }
}
