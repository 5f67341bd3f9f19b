package dev.proffer.crds;

/** The API group of all kinds. */
public final class ProfferApi {
    public static final String GROUP = "proffer.dev";
    public static final String VERSION = "v1alpha1";

    /** {@code kubectl get proffer} lists objects of every kind. */
    public static final String CATEGORY = "proffer";

    private ProfferApi() {}
}
