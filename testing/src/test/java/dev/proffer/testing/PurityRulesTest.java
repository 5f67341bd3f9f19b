package dev.proffer.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The layout's rules that the modules' class paths cannot hold: what cores may touch, and who may know whom. */
class PurityRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/dev/proffer/protocol/")) // generated, and large
            .importPackages("dev.proffer");

    private static final String[] CORES = {
        "dev.proffer.model..", "dev.proffer.allocator..", "dev.proffer.master.core..", "dev.proffer.agent.core.."
    };
    private static final String[] DECIDERS = {
        "dev.proffer.allocator..", "dev.proffer.master.core..", "dev.proffer.agent.core.."
    };
    private static final String[] PROGRAMS = {
        "dev.proffer.master.app..", "dev.proffer.agent.app..", "dev.proffer.local.."
    };

    @Test
    void coresDoNotTouchTheWorld() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORES)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.netty..",
                                "io.fabric8..",
                                "io.quarkus..",
                                "io.vertx..",
                                "jakarta..",
                                "java.net..",
                                "java.io..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.util.concurrent..",
                                "java.util.logging..",
                                "org.slf4j..")
                        .and(DescribedPredicate.not(type(Serializable.class)))
                        .or(type(Thread.class)))
                .because("a core decides; I/O, threads and logging belong to an edge"));
    }

    @Test
    void coresReadNoClockAndTossNoCoin() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORES)
                .should()
                .accessTargetWhere(accesses(Instant.class, "now")
                        .or(accesses(LocalDate.class, "now"))
                        .or(accesses(LocalDateTime.class, "now"))
                        .or(accesses(OffsetDateTime.class, "now"))
                        .or(accesses(ZonedDateTime.class, "now"))
                        .or(accesses(Clock.class, "system"))
                        .or(accesses(Clock.class, "systemUTC"))
                        .or(accesses(Clock.class, "systemDefaultZone"))
                        .or(accesses(System.class, "nanoTime"))
                        .or(accesses(System.class, "currentTimeMillis"))
                        .or(accesses(System.class, "identityHashCode"))
                        .or(accesses(UUID.class, "randomUUID"))
                        .or(accesses(Math.class, "random"))
                        .or(isUnseeded(Random.class))
                        .or(isUnseeded(SplittableRandom.class)))
                .because("time is an argument (Moment) and chance is an argument (RandomGenerator)"));
    }

    @Test
    void decisionsDoNotDependOnTheOrderOfAHash() {
        check(noClasses()
                .that()
                .resideInAnyPackage(DECIDERS)
                .should()
                .accessTargetWhere(accesses(Map.class, "of", "copyOf", "ofEntries")
                        .or(accesses(Set.class, "of", "copyOf"))
                        .or(accesses(
                                Collectors.class,
                                "toSet",
                                "toMap",
                                "toUnmodifiableSet",
                                "toUnmodifiableMap",
                                "toConcurrentMap")))
                .because("their order differs between JVM runs: use TreeMap, LinkedHashMap or a sorted List"));
    }

    @Test
    void adaptersOfTheMasterDoNotKnowOneAnother() {
        var anybody = DescribedPredicate.<JavaClass>alwaysTrue();
        check(slices().matching("dev.proffer.master.edge.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        anybody,
                        resideInAnyPackage(
                                "dev.proffer.master.edge.tls..",
                                "dev.proffer.master.edge.files..",
                                "dev.proffer.master.edge.sandboxes.."))
                // It proves to both ports who is there.
                .ignoreDependency(resideInAnyPackage("dev.proffer.master.edge.identity.."), anybody)
                // What becomes of objects is written into those that are watched.
                .ignoreDependency(
                        resideInAnyPackage("dev.proffer.master.edge.figures.."),
                        resideInAnyPackage("dev.proffer.master.edge.policy..")));
    }

    @Test
    void adaptersOfTheAgentDoNotKnowOneAnother() {
        check(
                slices().matching("dev.proffer.agent.edge.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(
                                resideInAnyPackage("dev.proffer.agent.edge.launcher.."),
                                resideInAnyPackage("dev.proffer.agent.edge.cgroups.."))
                        .ignoreDependency(
                                resideInAnyPackage("dev.proffer.agent.edge.."),
                                resideInAnyPackage("dev.proffer.agent.edge.problems.."))
                        .because(
                                "they meet in AgentNode; launchers alone stand on the kernel's cgroups, and all find problems"));
    }

    @Test
    void onlyProgramsKnowQuarkusAndInjection() {
        check(noClasses()
                .that(resideOutsideOfPackages(PROGRAMS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.smallrye.config..",
                        "jakarta.enterprise..",
                        "jakarta.inject..",
                        "jakarta.annotation..",
                        "org.eclipse.microprofile..")
                .because("edges are plain classes built from a configuration record"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    /** A call or a method reference. */
    private static DescribedPredicate<JavaAccess<?>> accesses(Class<?> owner, String... methods) {
        var names = Set.of(methods);
        return describe(
                owner.getSimpleName() + "." + String.join("/", methods),
                access -> access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> isUnseeded(Class<?> generator) {
        return describe(
                "new " + generator.getSimpleName() + "()",
                access -> access.getTarget() instanceof CodeUnitAccessTarget target
                        && target.getOwner().isEquivalentTo(generator)
                        && target.getName().equals("<init>")
                        && target.getRawParameterTypes().isEmpty());
    }
}
