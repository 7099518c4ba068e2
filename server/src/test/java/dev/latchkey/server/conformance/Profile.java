package dev.latchkey.server.conformance;

import java.util.List;

/** The certification profiles and the modules of the conformance suite that each consists of. */
enum Profile {
    BASIC_OP(
            "Basic OP",
            "oidcc-server",
            "oidcc-response-type-missing",
            "oidcc-idtoken-signature",
            "oidcc-idtoken-unsigned",
            "oidcc-userinfo-get",
            "oidcc-userinfo-post-header",
            "oidcc-userinfo-post-body",
            "oidcc-ensure-request-without-nonce-succeeds-for-code-flow",
            "oidcc-scope-profile",
            "oidcc-scope-email",
            "oidcc-scope-address",
            "oidcc-scope-phone",
            "oidcc-scope-all",
            "oidcc-ensure-other-scope-order-succeeds",
            "oidcc-display-page",
            "oidcc-display-popup",
            "oidcc-prompt-login",
            "oidcc-prompt-none-not-logged-in",
            "oidcc-prompt-none-logged-in",
            "oidcc-max-age-1",
            "oidcc-max-age-10000",
            "oidcc-ensure-request-with-unknown-parameter-succeeds",
            "oidcc-id-token-hint",
            "oidcc-login-hint",
            "oidcc-ui-locales",
            "oidcc-claims-locales",
            "oidcc-ensure-request-with-acr-values-succeeds",
            "oidcc-codereuse",
            "oidcc-codereuse-30seconds",
            "oidcc-ensure-registered-redirect-uri",
            "oidcc-ensure-post-request-succeeds",
            "oidcc-server-client-secret-post",
            "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported",
            "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported",
            "oidcc-ensure-request-object-with-redirect-uri",
            "oidcc-claims-essential",
            "oidcc-refresh-token",
            "oidcc-ensure-request-with-valid-pkce-succeeds"),
    CONFIG_OP("Config OP", "oidcc-discovery-endpoint-verification", "oidcc-server-rotate-keys"),
    FORM_POST_OP("Form Post OP", "form_post: code", "form_post: code id_token", "form_post: error"),
    HYBRID_OP(
            "Hybrid OP (code id_token)",
            "hybrid: oidcc-server",
            "hybrid: oidcc-ensure-request-without-nonce-fails",
            "hybrid: oidcc-response-type-missing",
            "hybrid: c_hash"),
    DYNAMIC_OP(
            "Dynamic OP",
            "oidcc-registration-logo-uri",
            "oidcc-registration-policy-uri",
            "oidcc-registration-tos-uri",
            "oidcc-registration-jwks-uri",
            "oidcc-registration-sector-uri",
            "oidcc-registration-sector-bad",
            "oidcc-redirect-uri-query-OK",
            "oidcc-redirect-uri-query-mismatch",
            "oidcc-redirect-uri-query-added",
            "oidcc-redirect-uri-regfrag",
            "oidcc-idtoken-rs256",
            "oidcc-userinfo-rs256",
            "oidcc-refresh-token-rp-key-rotation"),
    THIRD_PARTY_INITIATED_LOGIN(
            "3rd-party-initiated login", "oidcc-3rd_party-init-login", "oidcc-3rd_party-init-login-nohttps"),
    RP_INITIATED_LOGOUT(
            "RP-initiated logout",
            "oidcc-rp-initiated-logout-discovery-endpoint-verification",
            "oidcc-rp-initiated-logout",
            "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri",
            "oidcc-rp-initiated-logout-modified-id-token-hint",
            "oidcc-rp-initiated-logout-no-id-token-hint",
            "oidcc-rp-initiated-logout-no-params",
            "oidcc-rp-initiated-logout-no-post-logout-redirect-uri",
            "oidcc-rp-initiated-logout-no-state",
            "oidcc-rp-initiated-logout-only-state",
            "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri",
            "oidcc-rp-initiated-logout-bad-id-token-hint"),
    BACK_CHANNEL_LOGOUT(
            "Back-channel logout",
            "oidcc-backchannel-logout-discovery-endpoint-verification",
            "oidcc-backchannel-rp-initiated-logout"),
    FRONT_CHANNEL_LOGOUT(
            "Front-channel logout",
            "oidcc-frontchannel-logout-discovery-endpoint-verification",
            "oidcc-frontchannel-rp-initiated-logout");

    final String title;
    private final String modules;

    Profile(String title, String... modules) {
        this.title = title;
        this.modules = String.join("\n", modules);
    }

    /** The names of its modules, in their order. */
    List<String> modules() {
        return modules.lines().toList();
    }
}
