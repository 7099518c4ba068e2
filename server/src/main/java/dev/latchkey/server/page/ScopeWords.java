package dev.latchkey.server.page;

import java.util.Map;

/** Says in words what a scope allows. */
public final class ScopeWords {
    private ScopeWords() {}

    /**
     * The operator's own words for a scope; those of the pages for the scopes of OpenID Connect (Core §5.4, §11); else its
     * name.
     */
    public static String describe(String scope, Map<String, String> operatorDescriptions, Language language) {
        String own = operatorDescriptions.get(scope);
        if (own != null && !own.isBlank()) {
            return own;
        }
        String key = "scope." + scope;
        return language.has(key) ? language.text(key) : scope;
    }
}
