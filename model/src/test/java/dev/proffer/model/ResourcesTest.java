package dev.proffer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {
    @Test
    void alikeResourcesMergeAndOthersStayApart() {
        assertThat(parse("cpus:1;cpus:0.5;cpus(eng):2")).isEqualTo(parse("cpus(eng):2;cpus:1.5"));
        assertThat(parse("cpus:1;cpus(eng):2").asList()).hasSize(2);
    }

    @Test
    void scalarsAreExactToThreeDecimals() {
        var sum = Resources.EMPTY;
        for (int i = 0; i < 10; i++) {
            sum = sum.plus(parse("cpus:0.1"));
        }
        assertThat(sum).isEqualTo(parse("cpus:1"));
        assertThat(sum.minus(parse("cpus:0.9"))).isEqualTo(parse("cpus:0.1"));
        assertThat(Scalar.of(0.0004)).isEqualTo(Scalar.ZERO);
        assertThat(Scalar.of(1.9996)).isEqualTo(Scalar.of(2));
    }

    @Test
    void subtractionNeverGoesBelowNothing() {
        assertThat(parse("cpus:1;mem:10").minus(parse("cpus:2;disk:5"))).isEqualTo(parse("mem:10"));
    }

    @Test
    void whatIsEmptyVanishes() {
        assertThat(parse("cpus:0;ports:[];zones:{}").isEmpty()).isTrue();
        assertThat(parse("cpus:1").minus(parse("cpus:1"))).isEqualTo(Resources.EMPTY);
    }

    @Test
    void containmentLooksAtReservations() {
        assertThat(parse("cpus:2;cpus(eng):2").contains(parse("cpus(eng):2;cpus:1")))
                .isTrue();
        assertThat(parse("cpus:4").contains(parse("cpus(eng):1"))).isFalse();
        assertThat(parse("zones:{a,b}").contains(parse("zones:{b}"))).isTrue();
        assertThat(parse("zones:{a,b}").contains(parse("zones:{c}"))).isFalse();
    }

    @Test
    void reservedResourcesGoToTheirRoleAndBelow() {
        var resources = parse("cpus:1;cpus(eng):2;cpus(eng/web):4;cpus(ops):8");
        assertThat(resources.allocatableTo(new RolePath("eng/web")))
                .isEqualTo(parse("cpus:1;cpus(eng):2;cpus(eng/web):4"));
        assertThat(resources.allocatableTo(new RolePath("eng"))).isEqualTo(parse("cpus:1;cpus(eng):2"));
        assertThat(resources.allocatableTo(RolePath.STAR)).isEqualTo(parse("cpus:1"));
    }

    @Test
    void aReservationIsRefinedAndUndoneAtItsTop() {
        var cpus = Resource.scalar("cpus", 1)
                .reserved(Reservation.fixed(new RolePath("eng")))
                .reserved(Reservation.dynamic(new RolePath("eng/web")));
        assertThat(cpus.isRefined()).isTrue();
        assertThat(cpus.reservedRole()).contains(new RolePath("eng/web"));
        assertThat(cpus.unreserved().unreserved()).isEqualTo(Resource.scalar("cpus", 1));
        assertThatThrownBy(() -> Resource.scalar("cpus", 1).unreserved()).hasMessageContaining("cpus");
        assertThatThrownBy(() -> Reservation.fixed(RolePath.STAR)).hasMessageContaining("*");
    }

    @Test
    void mountedDisksAndVolumesAreWholePieces() {
        var mount = disk(Disk.SourceType.MOUNT, "/a", 50);
        var two = Resources.of(mount, disk(Disk.SourceType.MOUNT, "/a", 50));
        assertThat(two.asList()).hasSize(2);
        assertThat(two.minus(Resources.of(mount))).isEqualTo(Resources.of(mount));
        assertThat(two.contains(Resources.of(disk(Disk.SourceType.MOUNT, "/a", 20))))
                .isFalse();
        assertThat(two.minus(Resources.of(disk(Disk.SourceType.MOUNT, "/a", 20))))
                .isEqualTo(two);
        var paths = Resources.of(disk(Disk.SourceType.PATH, "/a", 50), disk(Disk.SourceType.PATH, "/a", 50));
        assertThat(paths).isEqualTo(Resources.of(disk(Disk.SourceType.PATH, "/a", 100)));
        assertThat(volume("v1", 5).isDivisible()).isFalse();
    }

    @Test
    void copiesOfASharedVolumeAreCountedButAmountToOne() {
        var shared = volume("v1", 5).asShared();
        var three = Resources.of(shared, shared, shared);
        assertThat(three.asList()).hasSize(3);
        assertThat(three.scalars().thousandths("disk")).isEqualTo(5000);
        assertThat(three.minus(Resources.of(shared)).asList()).hasSize(2);
        assertThat(three.nonShared().isEmpty()).isTrue();
        assertThatThrownBy(() -> Resource.scalar("disk", 5).asShared()).hasMessageContaining("disk");
    }

    @Test
    void revocableResourcesAreOthers() {
        var revocable = Resources.of(Resource.scalar("cpus", 2).asRevocable());
        var both = revocable.plus(parse("cpus:1"));
        assertThat(both.revocable()).isEqualTo(revocable);
        assertThat(both.minus(parse("cpus:5"))).isEqualTo(revocable);
    }

    @Test
    void theTextFormNamesWhatIsWrong() {
        assertThat(parse(" cpus : 2 ; mem(*):1; ports:[1-3, 5] ; zones:{b, a,b} "))
                .hasToString("cpus:2; mem:1; ports:[1-3, 5-5]; zones:{a,b}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpus",
                "cpus:",
                ":1",
                "cpus:two",
                "cpus:-1",
                "cpus:NaN",
                "cpus(eng:1",
                "ports:[1-",
                "ports:[a-b]"
            })
    void malformedTextIsRefusedByPart(String text) {
        assertThatThrownBy(() -> parse("mem:1;" + text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.substring(text.indexOf("[") + 1).replace("]", ""));
    }

    @Test
    void equalityAndHashIgnoreOrder() {
        var left = parse("cpus:1;mem:2;ports:[1-2]");
        var right = parse("ports:[1-2];mem:2;cpus:1");
        assertThat(left).isEqualTo(right).hasSameHashCodeAs(right);
        assertThat(left).isNotEqualTo(parse("cpus:1;mem:2;ports:[1-3]"));
    }

    @Test
    void plusAndMinusAreInverse() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new SplittableRandom(seed);
            var left = random(random);
            var right = random(random);
            if (left.ranges("ports").isPresent() && right.ranges("ports").isPresent()) {
                right = right.filter(Resource::isScalar);
            }
            assertThat(left.plus(right).minus(right)).as("seed %d", seed).isEqualTo(left);
            assertThat(left.plus(right).contains(left)).as("seed %d", seed).isTrue();
            assertThat(left.plus(right).scalars()).isEqualTo(left.scalars().plus(right.scalars()));
            assertThat(left.plus(right)).as("seed %d", seed).isEqualTo(right.plus(left));
        }
    }

    private static Resources random(SplittableRandom random) {
        var names = new String[] {"cpus", "mem", "cpus(eng)", "disk(eng/web)"};
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(names[random.nextInt(names.length)])
                    .append(':')
                    .append(random.nextInt(5000) / 1000.0)
                    .append(';');
        }
        if (random.nextBoolean()) {
            int begin = random.nextInt(100);
            text.append("ports:[")
                    .append(begin)
                    .append('-')
                    .append(begin + random.nextInt(9))
                    .append(']');
        }
        return parse(text.toString());
    }

    private static Resource disk(Disk.SourceType type, String root, double size) {
        var source = new Disk.Source(
                type, Optional.of(root), Optional.empty(), Optional.empty(), Labels.NONE, Optional.empty());
        return Resource.scalar("disk", size).withDisk(new Disk(Optional.of(source), Optional.empty()));
    }

    private static Resource volume(String id, double size) {
        var volume = new Disk.PersistentVolume(id, Optional.empty(), "data", false);
        return Resource.scalar("disk", size)
                .reserved(Reservation.dynamic(new RolePath("eng")))
                .withDisk(new Disk(Optional.empty(), Optional.of(volume)));
    }

    private static Resources parse(String text) {
        return Resources.parse(text);
    }
}
