package dev.proffer.operator.plan.cluster;

/** Kinds of other products, of which objects are made where they are known. */
public enum OptionalKind {
    SERVICE_MONITOR("monitoring.coreos.com", "ServiceMonitor", "servicemonitors"),
    CERTIFICATE("cert-manager.io", "Certificate", "certificates");

    private final String group;
    private final String kind;
    private final String plural;

    OptionalKind(String group, String kind, String plural) {
        this.group = group;
        this.kind = kind;
        this.plural = plural;
    }

    public String group() {
        return group;
    }

    public String apiVersion() {
        return group + "/v1";
    }

    public String kind() {
        return kind;
    }

    public String plural() {
        return plural;
    }
}
