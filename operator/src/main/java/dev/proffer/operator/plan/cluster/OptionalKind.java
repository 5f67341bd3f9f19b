package dev.proffer.operator.plan.cluster;

/** Kinds of other products, of which objects are made where they are known. */
public enum OptionalKind {
    SERVICE_MONITOR("monitoring.coreos.com/v1", "ServiceMonitor"),
    CERTIFICATE("cert-manager.io/v1", "Certificate");

    private final String apiVersion;
    private final String kind;

    OptionalKind(String apiVersion, String kind) {
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String kind() {
        return kind;
    }
}
