package dev.proffer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {

    @Test
    void aServiceAccountIsReadFromItsName() {
        assertThat(Principal.named("system:serviceaccount:spark:driver").serviceAccount())
                .isEqualTo(Optional.of(new Principal.ServiceAccount("spark", "driver")));
        assertThat(Principal.serviceAccount("spark", "driver").serviceAccount())
                .isEqualTo(Optional.of(new Principal.ServiceAccount("spark", "driver")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "serviceaccount:spark:driver",
                "system:serviceaccount:spark",
                "system:serviceaccount::driver",
                "system:serviceaccount:spark:",
                "system:serviceaccount:spark:driver:more"
            })
    void othersAreNoServiceAccounts(String name) {
        assertThat(Principal.named(name).serviceAccount()).isEmpty();
    }
}
