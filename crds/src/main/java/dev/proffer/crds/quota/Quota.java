package dev.proffer.crds.quota;

import dev.proffer.crds.ProfferApi;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What a role and all below it are guaranteed, and what they may not exceed. Deleting it lifts both and ends no task. */
@Group(ProfferApi.GROUP)
@Version(ProfferApi.VERSION)
@ShortNames("pquota")
@AdditionalPrinterColumn(name = "Role", jsonPath = ".spec.role", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Feasible",
        jsonPath = ".status.conditions[?(@.type==\"Feasible\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Satisfied",
        jsonPath = ".status.conditions[?(@.type==\"Satisfied\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Guarantees",
        jsonPath = ".spec.resources[*].guarantee",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Limits",
        jsonPath = ".spec.resources[*].limit",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Consumed",
        jsonPath = ".status.consumed[*].amount",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Quota extends CustomResource<QuotaSpec, QuotaStatus> implements Namespaced {
    private static final long serialVersionUID = 1;
}
