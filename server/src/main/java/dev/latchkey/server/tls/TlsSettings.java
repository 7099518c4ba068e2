package dev.latchkey.server.tls;

import java.nio.file.Path;

/**
 * Where a server's identity is kept.
 *
 * @param certificate a PEM file: the certificate, then those that lead to an authority
 * @param privateKey a PEM file with its key, PKCS#8 and not encrypted
 */
public record TlsSettings(Path certificate, Path privateKey) {}
