package dev.proffer.operator.certificates;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate and its key. */
record Identity(X509Certificate certificate, PrivateKey key) {}
