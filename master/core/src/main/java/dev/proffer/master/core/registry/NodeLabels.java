package dev.proffer.master.core.registry;

import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The labels of a machine's Kubernetes Node. */
public record NodeLabels(SortedMap<String, String> byName) {
    /** Where cloud providers and administrators say in which region a Node is. */
    public static final String REGION = "topology.kubernetes.io/region";

    /** The same of its zone. */
    public static final String ZONE = "topology.kubernetes.io/zone";

    /** A Node without labels. */
    public static final NodeLabels NONE = new NodeLabels(new TreeMap<>());

    public NodeLabels {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** What is left of them in an agent as it was recorded: attributes that were labels, and where it stands. */
    public static NodeLabels recorded(AgentInfo info) {
        var labels = new TreeMap<String, String>();
        for (var attribute : info.getAttributesList()) {
            if (attribute.getType() == Value.Type.TEXT) {
                labels.put(attribute.getName(), attribute.getText().getValue());
            }
        }
        DomainConversion.read(info.getDomain()).ifPresent(domain -> {
            labels.put(REGION, domain.region());
            labels.put(ZONE, domain.zone());
        });
        return new NodeLabels(labels);
    }

    /** Those of these names that there are, as attributes of the same names. A label is always text. */
    public List<Attribute> attributes(Collection<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(byName.get(name)).map(text -> Attribute.text(name, text)).stream())
                .toList();
    }

    /** Empty unless both parts are there: a fault domain of Mesos has a region and a zone. */
    public Optional<FaultDomain> domain() {
        var region = byName.getOrDefault(REGION, "");
        var zone = byName.getOrDefault(ZONE, "");
        return region.isEmpty() || zone.isEmpty() ? Optional.empty() : Optional.of(new FaultDomain(region, zone));
    }
}
