package dev.latchkey.bench.guard;

import dev.latchkey.guard.Guard;
import dev.latchkey.guard.javalin.JavalinGuard;
import io.javalin.Javalin;
import io.javalin.http.Handler;
import org.jspecify.annotations.Nullable;

/** On Javalin, which is on Jetty. */
final class JavalinApi implements ApiProgram.Api {
    @Override
    public void start(int port, @Nullable Guard guard) {
        Handler order = context -> context.contentType("application/json").result(ApiProgram.order());
        Handler guarded = guard == null ? order : JavalinGuard.of(guard).protect(ApiProgram.READ, order);
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/health", order);
                    config.routes.get("/orders/{id}", guarded);
                })
                .start("127.0.0.1", port);
    }
}
