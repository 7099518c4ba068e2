package dev.latchkey.server.interop;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.text.ParseException;
import java.util.Objects;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** The pages of the sample application: its front page, who is signed in, and a fresh access token. */
final class SamplePages extends HttpServlet {
    private final OAuth2AuthorizedClientManager clients;

    SamplePages(OAuth2AuthorizedClientManager clients) {
        this.clients = clients;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String body = switch (request.getServletPath()) {
            case "/me" -> me(request);
            case "/token" -> token(request, response);
            default -> home(request);
        };
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().print("<!doctype html><html lang=en><title>Sample shop</title>" + body);
    }

    private static String home(HttpServletRequest request) {
        String error = Objects.requireNonNullElse(request.getParameter("error"), "");
        return "<h1>Sample shop</h1><p id=error>%s</p><a href='%s'>Sign in</a> <a href='%s?prompt=none'>Am I?</a>"
                .formatted(HtmlUtils.htmlEscape(error), SampleApplication.SIGN_IN, SampleApplication.SIGN_IN);
    }

    private static String me(HttpServletRequest request) {
        OidcUser user =
                (OidcUser) Objects.requireNonNull(authentication(request).getPrincipal());
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return """
            <h1>%s</h1><p id=email>%s</p><p id=sub>%s</p><a href=/token>Token</a>
            <form method=post action=/logout><input type=hidden name='%s' value='%s'><button>Sign out</button></form>\
            """.formatted(
                        HtmlUtils.htmlEscape(
                                Objects.requireNonNullElse(user.getUserInfo().getFullName(), "")),
                        HtmlUtils.htmlEscape(user.getUserInfo().getEmail()),
                        HtmlUtils.htmlEscape(user.getIdToken().getSubject()),
                        csrf.getParameterName(),
                        csrf.getToken());
    }

    /** The id of an access token that was refreshed for this page. */
    private String token(HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizedClient client =
                Objects.requireNonNull(clients.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("latchkey")
                        .principal(authentication(request))
                        .attribute(HttpServletRequest.class.getName(), request)
                        .attribute(HttpServletResponse.class.getName(), response)
                        .build()));
        try {
            return "<p id=jti>%s</p>"
                    .formatted(SignedJWT.parse(client.getAccessToken().getTokenValue())
                            .getJWTClaimsSet()
                            .getJWTID());
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Authentication authentication(HttpServletRequest request) {
        return (Authentication) Objects.requireNonNull(request.getUserPrincipal());
    }
}
