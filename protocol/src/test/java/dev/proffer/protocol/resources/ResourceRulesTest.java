package dev.proffer.protocol.resources;

import static dev.proffer.protocol.resources.WireResources.resource;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** As in Mesos' ResourceValidationTest and ReservationInfo tests: what breaks a rule is refused by name and rule. */
class ResourceRulesTest {
    record Case(String resource, String message) {}

    private static final String CPUS = "name: 'cpus' type: SCALAR scalar { value: 1 } ";
    private static final String DISK = "name: 'disk' type: SCALAR scalar { value: 1 } ";
    private static final String RESERVED = "reservations { role: 'eng' type: DYNAMIC } ";
    private static final String VOLUME = "volume { container_path: 'data' mode: RW } ";

    static final List<Case> CASES = List.of(
            new Case("name: '' type: SCALAR scalar { value: 1 }", "A resource needs a name, but has an empty one"),
            cpus("type: SCALAR", "type SCALAR needs 'scalar' set, and neither 'ranges' nor 'set'"),
            cpus("type: SCALAR scalar { value: 1 } set { }", "type SCALAR needs 'scalar' set"),
            cpus("type: RANGES scalar { value: 1 }", "type RANGES needs 'ranges' set"),
            cpus("type: SET", "type SET needs 'set' set"),
            cpus("type: TEXT", "type TEXT is not supported"),
            cpus("type: SCALAR scalar { value: -1 }", "a scalar must not be negative, but is -1.0"),
            cpus("type: SCALAR scalar { value: nan }", "a scalar must not be negative, but is NaN"),
            cpus("type: SCALAR scalar { value: inf }", "an amount must be between 0 and 9e12, but is Infinity"),
            cpus("type: SCALAR scalar { value: 0.0001 }", "a scalar has three decimals, and 1.0E-4 rounds to nothing"),
            new Case(
                    "name: 'gpus' type: SCALAR scalar { value: 0.5 }",
                    "Invalid resource 'gpus': 'gpus' must be a whole number, but is 0.5"),
            cpus("type: RANGES ranges { range { begin: 2 end: 1 } }", "a range must begin before it ends, but is 2-1"),
            cpus(
                    "type: RANGES ranges { range { begin: 5 end: 9 } range { begin: 1 end: 5 } }",
                    "ranges must not overlap, but 1-5 and 5-9 do"),
            cpus(
                    "type: RANGES ranges { range { begin: 1 end: 18446744073709551615 } }",
                    "a range must end below 2^63, but is 1-18446744073709551615"),
            cpus("type: SET set { item: 'a' item: 'a' }", "a set must not have an item twice, but has 'a' twice"),
            new Case(CPUS + "shared { }", "Invalid resource 'cpus': only a persistent volume can be shared"),
            new Case(CPUS + "role: '/eng'", "Invalid resource 'cpus': cannot be reserved: role '/eng' must not start"),
            new Case(
                    CPUS + "reservation { principal: 'p' }",
                    "Invalid resource 'cpus': a dynamic reservation needs a role other than '*'"),
            new Case(
                    CPUS + "role: 'eng' reservation { type: DYNAMIC }",
                    "Invalid resource 'cpus': 'reservation' must have neither 'type' nor 'role'"),
            new Case(
                    CPUS + "role: 'eng' reservation { role: 'eng' }",
                    "Invalid resource 'cpus': 'reservation' must have neither 'type' nor 'role'"),
            new Case(
                    CPUS + "role: 'eng' " + RESERVED,
                    "Invalid resource 'cpus': 'role' must not be set where 'reservations' is"),
            new Case(
                    CPUS + "role: '*' " + RESERVED,
                    "Invalid resource 'cpus': 'role' must not be set where 'reservations' is"),
            new Case(
                    CPUS + "reservation { } " + RESERVED,
                    "Invalid resource 'cpus': 'reservation' must not be set where 'reservations' is"),
            new Case(
                    CPUS + "reservations { type: STATIC }",
                    "Invalid resource 'cpus': each entry of 'reservations' needs a 'role'"),
            new Case(
                    CPUS + "reservations { role: 'eng' }",
                    "Invalid resource 'cpus': each entry of 'reservations' needs the 'type' STATIC or DYNAMIC"),
            new Case(
                    CPUS + "reservations { role: '*' type: STATIC }",
                    "Invalid resource 'cpus': nothing can be reserved for role '*'"),
            new Case(
                    CPUS + RESERVED + "reservations { role: 'eng/web' type: STATIC }",
                    "Invalid resource 'cpus': only the first reservation can be STATIC; that for role 'eng/web'"),
            new Case(
                    CPUS + RESERVED + "reservations { role: 'ops/web' type: DYNAMIC }",
                    "Invalid resource 'cpus': role 'ops/web' does not refine role 'eng': it must lie below it"),
            new Case(
                    CPUS + RESERVED + "reservations { role: 'eng' type: DYNAMIC }",
                    "Invalid resource 'cpus': role 'eng' does not refine role 'eng'"),
            new Case(
                    CPUS + RESERVED + "revocable { }",
                    "Invalid resource 'cpus': a revocable resource cannot be reserved dynamically"),
            new Case(
                    CPUS + "disk { source { type: PATH } }",
                    "Invalid resource 'cpus': 'disk' can only be set on resources named 'disk'"),
            new Case(DISK + "disk { }", "Invalid resource 'disk': 'disk' is set but empty"),
            new Case(
                    DISK + "disk { source { type: UNKNOWN } }",
                    "Invalid resource 'disk': 'disk.source.type' must be PATH, MOUNT, BLOCK or RAW"),
            new Case(
                    DISK + "disk { source { type: RAW path { root: '/' } } }",
                    "Invalid resource 'disk': a disk source of type RAW must have neither 'path' nor 'mount'"),
            new Case(
                    DISK + "disk { source { type: BLOCK mount { } } }",
                    "Invalid resource 'disk': a disk source of type BLOCK must have neither 'path' nor 'mount'"),
            new Case(
                    DISK + "disk { " + VOLUME + "}", "Invalid resource 'disk': 'disk.volume' needs 'disk.persistence'"),
            volume("persistence { id: 'v' } ", "a persistent volume needs 'disk.volume'"),
            volume(
                    "persistence { id: 'v' } volume { container_path: 'data' mode: RW host_path: '/' }",
                    "a persistent volume must not have 'disk.volume.host_path'"),
            volume(
                    "persistence { id: '' } " + VOLUME,
                    "'disk.persistence.id' must have 1 to 255 characters, but has 0"),
            volume(
                    "persistence { id: '" + "x".repeat(256) + "' } " + VOLUME,
                    "'disk.persistence.id' must have 1 to 255 characters, but has 256"),
            volume("persistence { id: '..' } " + VOLUME, "'disk.persistence.id' must not be '.' or '..'"),
            volume("persistence { id: 'a/b' } " + VOLUME, "'disk.persistence.id' must not be '.' or '..'"),
            volume("persistence { id: 'a\\nb' } " + VOLUME, "'disk.persistence.id' must not be '.' or '..'"),
            new Case(
                    DISK + "disk { persistence { id: 'v' } " + VOLUME + "}",
                    "Invalid resource 'disk': a persistent volume needs reserved resources"),
            new Case(
                    DISK + RESERVED + "revocable { } disk { persistence { id: 'v' } " + VOLUME + "}",
                    "Invalid resource 'disk': a persistent volume cannot be created from revocable resources"));

    private static Case cpus(String rest, String rule) {
        return new Case("name: 'cpus' " + rest, "Invalid resource 'cpus': " + rule);
    }

    private static Case volume(String disk, String rule) {
        return new Case(DISK + RESERVED + "disk { " + disk + "}", "Invalid resource 'disk': " + rule);
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void whatBreaksARuleIsRefused(Case example) {
        assertThatThrownBy(() -> ResourceReader.readOne(resource(example.resource())))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageContaining(example.message());
    }
}
