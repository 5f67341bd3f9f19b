package dev.proffer.master.edge.tls;

import java.nio.file.Path;

/**
 * Where a port's certificate is found, as a Secret of type {@code kubernetes.io/tls} is mounted.
 *
 * @param certificate the port's own and those that lead to its authority, PEM
 * @param key of the certificate: PKCS #8, PKCS #1 or SEC 1, PEM, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {}
