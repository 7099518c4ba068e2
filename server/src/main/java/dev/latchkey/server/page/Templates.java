package dev.latchkey.server.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The templates of the pages, compiled by the build; or, with those of an operator among them, at start. Safe for many
 * threads.
 */
final class Templates {
    /** The package of the generated classes; the build names it too. */
    static final String PACKAGE = "dev.latchkey.server.page.template";

    static final List<String> NAMES = List.of(
            "layout",
            "client",
            "clientLinks",
            "hidden",
            "login",
            "accounts",
            "consent",
            "formPost",
            "logout",
            "signedOut",
            "error",
            "account");

    private volatile @Nullable TemplateEngine engine;

    private Templates(@Nullable TemplateEngine engine) {
        this.engine = engine;
    }

    /** Our own. Their classes are loaded when the first page is asked for. */
    static Templates own() {
        return new Templates(null);
    }

    /** Those of an engine that knows all of them. */
    static Templates of(TemplateEngine engine) {
        return new Templates(engine);
    }

    String render(String name, Map<String, Object> parameters) {
        StringOutput output = new StringOutput();
        engine().render(name + ".jte", parameters, output);
        return output.toString().stripLeading(); // the lines of parameters leave theirs
    }

    private TemplateEngine engine() {
        TemplateEngine known = engine;
        if (known == null) {
            known = TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);
            engine = known;
        }
        return known;
    }
}
