package dev.latchkey.server.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A page for people, as what it shows. {@link Pages} makes HTML of it. */
public sealed interface Page {
    /**
     * Asks for {@code username} and {@code password}; the other button sends {@code cancel=1}.
     *
     * @param client that sent the user here, if one did
     * @param username to begin with, or empty
     * @param problem why the page comes again
     * @param cancellable whether there is somebody to tell that the user does not want to
     */
    record Login(
            FormTarget form,
            Optional<ClientView> client,
            String username,
            Optional<LoginProblem> problem,
            boolean cancellable)
            implements Page {
        public Login {
            Objects.requireNonNull(form);
            Objects.requireNonNull(client);
            Objects.requireNonNull(username);
            Objects.requireNonNull(problem);
        }
    }

    /** Asks for one of the accounts: the field {@code "account"} is its key, or {@code another}; or {@code cancel=1}. */
    record AccountChoice(
            FormTarget form, ClientView client, List<dev.latchkey.server.page.Account> accounts, boolean cancellable)
            implements Page {
        public AccountChoice {
            Objects.requireNonNull(form);
            Objects.requireNonNull(client);
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * Asks whether an application may: {@code decision} is {@code allow}, {@code deny}, or {@code switch} for another user.
     *
     * @param offline whether it may act while the user is away (OpenID Connect Core §11)
     */
    record Consent(FormTarget form, ClientView client, String username, List<ScopeView> scopes, boolean offline)
            implements Page {
        public Consent {
            Objects.requireNonNull(form);
            Objects.requireNonNull(client);
            Objects.requireNonNull(username);
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * Carries an answer to the application by a form that sends itself (OAuth 2.0 Form Post Response Mode §2).
     *
     * @param redirectUri http or https
     */
    record FormPost(String redirectUri, Map<String, String> parameters) implements Page {
        public FormPost {
            if (Links.web(redirectUri).isEmpty()) {
                throw new IllegalArgumentException("a form cannot be posted to another scheme than http and https");
            }
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** Asks whether to sign out: {@code logout} is {@code yes} or {@code no} (RP-Initiated Logout §2). */
    record Logout(FormTarget form, Optional<ClientView> client, Optional<String> username) implements Page {
        public Logout {
            Objects.requireNonNull(form);
            Objects.requireNonNull(client);
            Objects.requireNonNull(username);
        }
    }

    /**
     * Says that the user is signed out, tells applications so in frames, and leads back (Front-Channel Logout §3).
     *
     * @param returnTo a registered address to go back to; the page goes there by itself when all frames have loaded
     */
    record SignedOut(Optional<ClientView> client, Optional<String> returnTo, List<String> frontChannelUris)
            implements Page {
        public SignedOut {
            Objects.requireNonNull(client);
            Objects.requireNonNull(returnTo);
            frontChannelUris = List.copyOf(frontChannelUris);
        }
    }

    /**
     * Says what went wrong where nobody else can be told.
     *
     * @param error the code, as {@code invalid_request}
     * @param description for who looks into it, in English
     */
    @SuppressWarnings("AvoidCommonTypeNames") // nobody takes Page.Error for a Throwable
    record Error(String error, String description, Optional<ClientView> client, String requestId) implements Page {
        public Error {
            Objects.requireNonNull(error);
            Objects.requireNonNull(description);
            Objects.requireNonNull(client);
            Objects.requireNonNull(requestId);
        }
    }

    /** Shows users their sessions and the applications they let in, and ends them. */
    record Account(AccountView view) implements Page {
        public Account {
            Objects.requireNonNull(view);
        }
    }
}
