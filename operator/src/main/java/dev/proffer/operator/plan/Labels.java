package dev.proffer.operator.plan;

import java.util.Map;
import java.util.TreeMap;

/** Labels by which the operator finds what it made: objects that tasks depend on have no owner that could be deleted. */
public final class Labels {
    public static final String NAME = "app.kubernetes.io/name";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String VERSION = "app.kubernetes.io/version";
    public static final String PART_OF = "app.kubernetes.io/part-of";

    /** The ProfferCluster that the object belongs to. */
    public static final String CLUSTER = "proffer.dev/cluster";

    /** The pool that the object belongs to. */
    public static final String POOL = "proffer.dev/pool";

    /** The Framework, of the same namespace, that the object belongs to. */
    public static final String FRAMEWORK = "proffer.dev/framework";

    public static final String OPERATOR = "proffer-operator";
    public static final String PRODUCT = "proffer";

    /** Of all that the operator made. */
    public static final String MADE_BY_OPERATOR = MANAGED_BY + "=" + OPERATOR;

    private Labels() {}

    /** Of an object that belongs to a ProfferCluster. */
    public static Map<String, String> ofCluster(String cluster, String component) {
        var labels = new TreeMap<>(selecting(component));
        labels.put(INSTANCE, cluster);
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(PART_OF, PRODUCT);
        labels.put(CLUSTER, cluster);
        return labels;
    }

    /** What a workload's selector says. It cannot be changed later. */
    public static Map<String, String> selecting(String component) {
        return new TreeMap<>(Map.of(NAME, PRODUCT, COMPONENT, component));
    }
}
