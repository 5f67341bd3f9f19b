package dev.proffer.crds.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.model.Resources;
import dev.proffer.model.Scalar;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "cpus, 2, 2",
        "cpus, 500m, 0.5",
        "cpus, 0.25, 0.25",
        "cpus, 1500u, 0.001",
        "mem, 512Mi, 512",
        "mem, 1Gi, 1024",
        "mem, 1G, 953.674",
        "disk, 1536Ki, 1.5",
        "gpus, 1, 1",
        "bananas, 1k, 1000"
    })
    void quantitiesAreCountedAsOnTheWire(String name, String quantity, double wire) {
        assertThat(Amounts.scalar(name, Quantity.parse(quantity))).isEqualTo(Scalar.of(wire));
    }

    @Test
    void rangesAreRead() {
        assertThat(Amounts.resources(List.of(new ResourceAmount("ports", null, "20000-29999,31000-31000"))))
                .isEqualTo(Resources.parse("ports:[20000-29999,31000-31000]"));
    }

    @Test
    void unreadableAmountsAreNamed() {
        assertThatThrownBy(() -> Amounts.scalar("cpus", new Quantity("many")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cpus: 'many' is not a quantity");
        assertThatThrownBy(() -> Amounts.scalar("cpus", new Quantity("-1")))
                .hasMessage("cpus: '-1' must not be negative");
        assertThatThrownBy(() -> Amounts.scalar("cpus", Quantity.parse("9223372036854775807")))
                .hasMessageContaining("is too large");
    }

    @ParameterizedTest
    @CsvSource({"cpus, 2, 2", "cpus, 0.5, 500m", "mem, 512.7, 512Mi", "disk, 0, 0Mi"})
    void amountsAreWrittenAsPeopleReadThem(String name, double wire, String quantity) {
        assertThat(Amounts.quantity(name, Scalar.of(wire)).toString()).isEqualTo(quantity);
    }
}
