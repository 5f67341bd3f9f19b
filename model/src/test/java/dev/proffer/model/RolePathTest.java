package dev.proffer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolePathTest {
    @ParameterizedTest
    @ValueSource(strings = {"*", "foo", "foo-bar", "foo.bar", "foo..bar", "foo/bar", "...", "a/b/c", "f*o", "ünï"})
    void rolesOfMesosSyntaxAreAccepted(String role) {
        assertThat(new RolePath(role)).hasToString(role);
        assertThat(RolePath.problemWith(role)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "-foo",
                "/",
                "/foo",
                "foo/",
                "foo//bar",
                "*/foo",
                "foo/*",
                "foo/.",
                "../foo",
                "foo/-b",
                "foo bar",
                "foo\tbar",
                "foo\nbar",
                "foo\u007fbar",
                "foo\bbar"
            })
    void otherRolesAreRefusedWithTheRule(String role) {
        assertThatThrownBy(() -> new RolePath(role)).hasMessageContaining("role");
    }

    @Test
    void ancestorsAreProperPrefixesByComponent() {
        var eng = new RolePath("eng");
        assertThat(eng.isAncestorOf(new RolePath("eng/web"))).isTrue();
        assertThat(eng.isAncestorOf(new RolePath("engineering"))).isFalse();
        assertThat(eng.isAncestorOf(eng)).isFalse();
        assertThat(new RolePath("eng/web").isAncestorOf(eng)).isFalse();
    }

    @Test
    void parentAndTopLevel() {
        var role = new RolePath("a/b/c");
        assertThat(role.parent()).contains(new RolePath("a/b"));
        assertThat(role.topLevel()).isEqualTo(new RolePath("a"));
        assertThat(new RolePath("a").parent()).isEmpty();
        assertThat(role.isNested()).isTrue();
    }
}
