package dev.proffer.protocol.resources;

import dev.proffer.model.Labels;
import dev.proffer.protocol.v1.Label;
import java.util.ArrayList;
import java.util.Optional;

/** Labels between the wire and the model. */
public final class LabelConversion {
    private LabelConversion() {}

    public static Labels read(dev.proffer.protocol.v1.Labels wire) {
        var labels = new ArrayList<Labels.Label>(wire.getLabelsCount());
        for (var label : wire.getLabelsList()) {
            labels.add(new Labels.Label(
                    label.getKey(), label.hasValue() ? Optional.of(label.getValue()) : Optional.empty()));
        }
        return new Labels(labels);
    }

    public static dev.proffer.protocol.v1.Labels write(Labels labels) {
        var wire = dev.proffer.protocol.v1.Labels.newBuilder();
        for (var label : labels.labels()) {
            var pair = Label.newBuilder().setKey(label.key());
            label.value().ifPresent(pair::setValue);
            wire.addLabels(pair);
        }
        return wire.build();
    }
}
