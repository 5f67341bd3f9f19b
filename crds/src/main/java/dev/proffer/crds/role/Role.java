package dev.proffer.crds.role;

import dev.proffer.crds.ProfferApi;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A share of the cluster, and who may use it. The administrator's. */
@Group(ProfferApi.GROUP)
@Version(ProfferApi.VERSION)
@ShortNames("prole")
@AdditionalPrinterColumn(name = "Path", jsonPath = ".spec.path", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Weight", jsonPath = ".spec.weight", type = AdditionalPrinterColumn.Type.NUMBER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Frameworks",
        jsonPath = ".status.frameworks",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "CPUs",
        jsonPath = ".status.allocation[?(@.name==\"cpus\")].amount",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Mem",
        jsonPath = ".status.allocation[?(@.name==\"mem\")].amount",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Share", jsonPath = ".status.share", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Order",
        jsonPath = ".spec.policy",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Role extends CustomResource<RoleSpec, RoleStatus> implements Namespaced {
    private static final long serialVersionUID = 1;
}
