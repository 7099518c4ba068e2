package dev.latchkey.example.spring;

import dev.latchkey.guard.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An API whose routes tell who calls. A route says what its callers need; everything else is the guard's. */
@SpringBootApplication
@EnableMethodSecurity
@RestController
public class Tutorial {
    public static void main(String[] args) {
        SpringApplication.run(Tutorial.class, args);
    }

    record Granted(String message, String user) {}

    @GetMapping("/protected")
    Granted showProtected(@AuthenticationPrincipal Caller caller) {
        return new Granted("Access granted", caller.displayName());
    }

    @GetMapping("/secure")
    Granted showSecure(@AuthenticationPrincipal Caller caller) {
        return new Granted("Token received", caller.displayName());
    }

    @GetMapping("/user")
    Map<String, String> showUser(@AuthenticationPrincipal Caller caller) {
        return Map.of("username", caller.displayName());
    }

    @GetMapping({"/status", "/status/"})
    Map<String, String> showStatus() {
        return Map.of("status", "ok");
    }

    record Me(Set<String> roles, Set<String> scopes, String sub, String username) {}

    @GetMapping({"/users/me", "/users/me/"})
    @PreAuthorize("hasAuthority('SCOPE_me')")
    Me showMe(@AuthenticationPrincipal Caller caller) {
        return new Me(
                new TreeSet<>(caller.roles()), new TreeSet<>(caller.scopes()), caller.subject(), caller.displayName());
    }

    record Items(List<String> items, String owner) {}

    @GetMapping({"/users/me/items", "/users/me/items/"})
    @PreAuthorize("hasAuthority('SCOPE_me') and hasAuthority('SCOPE_items')")
    Items showItems(@AuthenticationPrincipal Caller caller) {
        return new Items(List.of("Foo"), caller.displayName());
    }
}
