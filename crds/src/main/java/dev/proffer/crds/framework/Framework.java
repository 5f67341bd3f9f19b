package dev.proffer.crds.framework;

import dev.proffer.crds.ProfferApi;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Admission and credentials of a framework, and on request its scheduler. The tenant's: it only asks. */
@Group(ProfferApi.GROUP)
@Version(ProfferApi.VERSION)
@ShortNames("pfw")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Connected",
        jsonPath = ".status.connected",
        type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(
        name = "Instances",
        jsonPath = ".status.instanceCount",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Tasks", jsonPath = ".status.tasks", type = AdditionalPrinterColumn.Type.INTEGER)
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
        name = "Offers",
        jsonPath = ".status.conditions[?(@.type==\"OffersFlowing\")].reason",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Roles",
        jsonPath = ".spec.roles",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Framework extends CustomResource<FrameworkSpec, FrameworkStatus> implements Namespaced {
    private static final long serialVersionUID = 1;
}
