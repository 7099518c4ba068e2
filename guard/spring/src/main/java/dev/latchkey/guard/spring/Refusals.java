package dev.latchkey.guard.spring;

import dev.latchkey.guard.RefusedAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Sends the guard's answers where Spring Security wants a caller, or has denied one something. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        send(response, CheckedRequest.of(request).authenticationNeeded());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        RefusedAnswer answer = Missing.answer(reason);
        send(response, answer == null ? CheckedRequest.of(request).denied(Missing.of(reason)) : answer);
    }

    private static void send(HttpServletResponse response, RefusedAnswer answer) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(answer.status());
        answer.headers().forEach(header -> response.addHeader(header.name(), header.value()));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
