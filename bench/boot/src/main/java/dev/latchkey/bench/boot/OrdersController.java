package dev.latchkey.bench.boot;

import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API. */
@RestController
class OrdersController {
    private static final byte[] ORDER = "{\"id\":\"7\",\"item\":\"book\"}".getBytes(StandardCharsets.US_ASCII);

    @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] health() {
        return ORDER;
    }

    @GetMapping(path = "/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] order() {
        return ORDER;
    }
}
