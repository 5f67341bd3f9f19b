package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.AgentStatus;
import dev.proffer.crds.common.AttributeSpec;
import dev.proffer.model.Attribute;
import dev.proffer.protocol.resources.AttributeConversion;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.v1.AgentInfo;
import java.util.List;

/** Attributes of agents in their objects: all as text, for those that come from labels are text. */
final class RecordedAttributes {
    private static final int LONGEST_NAME = 317;
    private static final int LONGEST_VALUE = 253;

    private RecordedAttributes() {}

    /** What does not fit into the schema is left out. */
    static List<AttributeSpec> of(AgentInfo info) {
        try {
            return AttributeConversion.read(info.getAttributesList()).stream()
                    .map(attribute -> new AttributeSpec(attribute.name(), attribute.asText()))
                    .filter(attribute -> attribute.name().length() <= LONGEST_NAME
                            && attribute.value().length() <= LONGEST_VALUE)
                    .limit(AgentStatus.MOST_ATTRIBUTES)
                    .toList();
        } catch (InvalidResourceException spoilt) {
            return List.of();
        }
    }

    static List<dev.proffer.protocol.v1.Attribute> read(AgentStatus status) {
        return AttributeConversion.write(status.attributes().stream()
                .filter(attribute -> !attribute.name().isEmpty())
                .map(attribute -> Attribute.text(attribute.name(), attribute.value()))
                .toList());
    }
}
