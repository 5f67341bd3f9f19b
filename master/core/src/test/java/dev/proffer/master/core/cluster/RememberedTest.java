package dev.proffer.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedTest {
    private final Remembered<String, Integer> remembered = new Remembered<>(2);

    @Test
    void theOldestIsForgotten() {
        remembered.put("a", 1);
        remembered.put("b", 2);
        remembered.put("c", 3);

        assertThat(remembered.all()).containsExactly(2, 3);
        assertThat(remembered.contains("a")).isFalse();
        assertThat(remembered.find("c")).contains(3);
    }

    @Test
    void whatIsPutAgainIsTheNewest() {
        remembered.put("a", 1);
        remembered.put("b", 2);
        remembered.put("a", 3);
        remembered.put("c", 4);

        assertThat(remembered.all()).containsExactly(3, 4);
    }

    @Test
    void withoutRoomNothingIsRemembered() {
        var nothing = new Remembered<String, Integer>(0);
        nothing.put("a", 1);

        assertThat(nothing.all()).isEmpty();
    }

    @Test
    void recentValuesAreBoundedAsWell() {
        var recent = new Recent<Integer>(2);
        recent.add(1);
        recent.add(2);
        recent.add(3);

        assertThat(recent.all()).containsExactly(2, 3);
    }
}
