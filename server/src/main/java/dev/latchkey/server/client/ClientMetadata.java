package dev.latchkey.server.client;

import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.token.Algorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client may do and how it wants it, by the names of RFC 7591 §2 and OpenID Connect Registration §2. Immutable.
 *
 * @param clientName shown to people
 * @param redirectUris compared exactly, but for the port of a loopback address
 * @param grantTypes the grants it may use at the token endpoint
 * @param responseTypes what it may ask for at the authorization endpoint
 * @param authenticationMethod {@code token_endpoint_auth_method}
 * @param scope all it may ask for; what it gets when it asks for nothing
 * @param audience the resources it may ask for (RFC 8707); empty for the issuer's own
 * @param requirePkce whether a code is only given with a challenge (RFC 7636)
 * @param about what people are shown of it
 * @param signIn how its users sign in
 * @param jose its keys, and how what it gets is signed and encrypted
 * @param logout where it is told of a logout
 * @param bound what its tokens have to be bound to
 */
public record ClientMetadata(
        String clientName,
        List<String> redirectUris,
        Set<GrantType> grantTypes,
        Set<ResponseType> responseTypes,
        AuthenticationMethod authenticationMethod,
        Scope scope,
        List<String> audience,
        boolean requirePkce,
        About about,
        SignIn signIn,
        Jose jose,
        Logout logout,
        Bound bound) {

    /**
     * What people are shown of it; each but the contacts a URL.
     *
     * @param contacts e-mail addresses of those responsible for it
     */
    public record About(
            Optional<String> clientUri,
            Optional<String> logoUri,
            Optional<String> policyUri,
            Optional<String> tosUri,
            List<String> contacts) {
        public static final About NOTHING =
                new About(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

        public About {
            contacts = List.copyOf(contacts);
        }
    }

    /**
     * How its users sign in.
     *
     * @param applicationType which redirect URIs registration accepts
     * @param subjectType whether its {@code sub} is its own
     * @param sectorIdentifierUri what it shares pairwise subjects with others by; otherwise the host of its redirect URIs
     * @param defaultMaxAge used where a request has no {@code max_age}
     * @param requireAuthTime whether every ID token tells {@code auth_time}; this server always does
     * @param defaultAcrValues used where a request has no {@code acr_values}
     * @param initiateLoginUri where others may begin a login at it
     * @param requirePushedRequests whether its requests have to be pushed (RFC 9126 §6)
     * @param skipConsent whether users are not asked: for the operator's own applications; never by registration
     */
    public record SignIn(
            ApplicationType applicationType,
            SubjectType subjectType,
            Optional<String> sectorIdentifierUri,
            Optional<Duration> defaultMaxAge,
            boolean requireAuthTime,
            List<String> defaultAcrValues,
            Optional<String> initiateLoginUri,
            boolean requirePushedRequests,
            boolean skipConsent) {
        public static final SignIn PLAIN = new SignIn(
                ApplicationType.WEB,
                SubjectType.PUBLIC,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                Optional.empty(),
                false,
                false);

        public SignIn {
            defaultAcrValues = List.copyOf(defaultAcrValues);
        }
    }

    /**
     * Its keys, and how what it gets is signed and encrypted.
     *
     * @param jwks its public keys as a JWK Set
     * @param jwksUri where its keys are, if they are not given
     * @param assertionAlgorithm {@code token_endpoint_auth_signing_alg}; empty for any
     * @param idToken signed always: by RS256 where nothing is named
     * @param userInfo plain JSON where neither is named
     */
    public record Jose(
            Optional<Map<String, Object>> jwks,
            Optional<String> jwksUri,
            Optional<Algorithm> assertionAlgorithm,
            Protection idToken,
            Protection userInfo) {
        public static final Jose PLAIN =
                new Jose(Optional.empty(), Optional.empty(), Optional.empty(), Protection.NONE, Protection.NONE);
    }

    /** How something is signed, and then encrypted to the client's key. */
    public record Protection(Optional<Algorithm> signature, Optional<Encryption> encryption) {
        public static final Protection NONE = new Protection(Optional.empty(), Optional.empty());

        /** What a client may choose to have signed by; the issuer has a key for each. */
        public static final List<Algorithm> SIGNATURES =
                List.of(Algorithm.RS256, Algorithm.PS256, Algorithm.ES256, Algorithm.EdDSA);
    }

    /**
     * Encryption of a JWT (RFC 7516).
     *
     * @param algorithm the key management algorithm: {@code alg}
     * @param content the content encryption algorithm: {@code enc}
     */
    public record Encryption(String algorithm, String content) {
        /** Used where only {@code alg} is named (OpenID Connect Registration §2). */
        public static final String DEFAULT_CONTENT = "A128CBC-HS256";

        /** RSA1_5 is not among them: it lets padding be guessed (RFC 8725 §3.2). */
        public static final List<String> ALGORITHMS =
                List.of("RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW");

        public static final List<String> CONTENTS = List.of(DEFAULT_CONTENT, "A256CBC-HS512", "A128GCM", "A256GCM");
    }

    /**
     * Where it is told of a logout.
     *
     * @param postLogoutRedirectUris where a browser may be sent after one
     * @param backChannelUri takes logout tokens
     * @param backChannelSessionRequired whether they must carry a {@code sid}; here they always do
     * @param frontChannelUri is loaded in a frame
     * @param frontChannelSessionRequired whether it is given {@code iss} and {@code sid}
     */
    public record Logout(
            List<String> postLogoutRedirectUris,
            Optional<String> backChannelUri,
            boolean backChannelSessionRequired,
            Optional<String> frontChannelUri,
            boolean frontChannelSessionRequired) {
        public static final Logout NONE = new Logout(List.of(), Optional.empty(), false, Optional.empty(), false);

        public Logout {
            postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
        }
    }

    /**
     * What its tokens have to be bound to, so that a copy is of use to nobody else.
     *
     * @param dpop whether it gets access tokens only with a DPoP proof (RFC 9449 §5.2); it always may send one
     */
    public record Bound(boolean dpop) {
        public static final Bound NOT = new Bound(false);
    }

    /** {@code application_type}: whether it runs on a server or is installed. */
    public enum ApplicationType {
        WEB,
        NATIVE
    }

    /** {@code subject_type} (OpenID Connect Core §8). */
    public enum SubjectType {
        PUBLIC,
        PAIRWISE
    }

    public ClientMetadata {
        redirectUris = List.copyOf(redirectUris);
        grantTypes = Set.copyOf(grantTypes);
        responseTypes = Set.copyOf(responseTypes);
        audience = List.copyOf(audience);
    }

    /** Metadata that says nothing beyond OAuth: response type {@code code} exactly where it may use codes. */
    public static ClientMetadata of(
            String clientName,
            List<String> redirectUris,
            Set<GrantType> grantTypes,
            AuthenticationMethod authenticationMethod,
            Scope scope) {
        return new ClientMetadata(
                clientName,
                redirectUris,
                grantTypes,
                grantTypes.contains(GrantType.AUTHORIZATION_CODE) ? Set.of(ResponseType.CODE) : Set.of(),
                authenticationMethod,
                scope,
                List.of(),
                true,
                About.NOTHING,
                SignIn.PLAIN,
                Jose.PLAIN,
                Logout.NONE,
                Bound.NOT);
    }
}
