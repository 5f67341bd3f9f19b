package dev.proffer.protocol.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.Labels;
import dev.proffer.protocol.v1.DomainInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversionsTest {
    @Test
    void attributesKeepTheirKindOrderAndNames() throws InvalidResourceException {
        var attributes = Attribute.parse("rack:r1;gen:3.5;vlans:[1-2,7-9];zones:{a,b};rack:r2");

        var wire = AttributeConversion.write(attributes);

        assertThat(AttributeConversion.read(wire)).isEqualTo(attributes);
        assertThat(wire.getFirst()).isEqualTo(attribute("name: 'rack' type: TEXT text { value: 'r1' }"));
        assertThat(wire.get(1)).isEqualTo(attribute("name: 'gen' type: SCALAR scalar { value: 3.5 }"));
    }

    @Test
    void anAttributeWithoutItsValueIsRefused() {
        for (var type : List.of("TEXT", "SCALAR", "RANGES", "SET")) {
            assertThatThrownBy(() -> AttributeConversion.read(List.of(attribute("name: 'a' type: " + type))))
                    .isInstanceOf(InvalidResourceException.class)
                    .hasMessageStartingWith("Invalid attribute 'a': an attribute of type " + type + " needs '");
        }
        assertThatThrownBy(() ->
                        AttributeConversion.read(List.of(attribute("name: 'a' type: SCALAR scalar { value: -1 }"))))
                .hasMessage("Invalid attribute 'a': an amount must be between 0 and 9e12, but is -1.0");
        assertThatThrownBy(
                        () -> AttributeConversion.read(List.of(attribute("name: '' type: TEXT text { value: 'x' }"))))
                .hasMessage("An attribute needs a name, but has an empty one");
    }

    @Test
    void domainsAreKept() {
        var domain = new FaultDomain("eu", "eu-1");

        assertThat(DomainConversion.read(DomainConversion.write(domain))).contains(domain);
        assertThat(DomainConversion.read(DomainInfo.getDefaultInstance())).isEmpty();
    }

    @Test
    void labelsKeepOrderRepetitionAndMissingValues() {
        var labels = new Labels(List.of(
                new Labels.Label("b", Optional.of("1")),
                new Labels.Label("a", Optional.empty()),
                new Labels.Label("b", Optional.of(""))));

        assertThat(LabelConversion.read(LabelConversion.write(labels))).isEqualTo(labels);
    }

    private static dev.proffer.protocol.v1.Attribute attribute(String text) {
        var builder = dev.proffer.protocol.v1.Attribute.newBuilder();
        WireResources.merge(text, builder);
        return builder.buildPartial();
    }
}
