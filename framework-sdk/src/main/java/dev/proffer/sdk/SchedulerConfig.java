package dev.proffer.sdk;

import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.scheduler.OfferConstraints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that a driver needs to know. Begin with {@link #of} and change what differs:
 * {@code SchedulerConfig.of("batch", "http://proffer:5050").withRoles("eng/batch")}.
 *
 * @param masters tried in turn; one is enough, as standbys send clients to the leader
 * @param framework who the framework is; with an id, its tasks are found again
 * @param certificateAuthority PEM file of whom to trust to name masters, read again when it changes; absent for those that the
 *     JVM trusts
 */
public record SchedulerConfig(
        List<MasterAddress> masters,
        FrameworkInfo framework,
        Optional<OfferConstraints> offerConstraints,
        Credentials credentials,
        Optional<Path> certificateAuthority,
        MediaType mediaType,
        Acknowledgement acknowledgement,
        UnansweredOffers unansweredOffers,
        Patience patience) {

    static final String DEFAULT_ROLE = "*";

    /** A scheduler's own user means nothing on the agents' machines. */
    private static final String AGENTS_DEFAULT_USER = "";

    private static final Duration DEFAULT_FAILOVER_TIMEOUT = Duration.ofMinutes(10);

    /** Who acknowledges updates. */
    public enum Acknowledgement {
        /** The driver, when the scheduler's method has returned. */
        AUTOMATIC,
        /** The scheduler, by {@link Master#acknowledge}. Until it does, the next update of the task does not come. */
        EXPLICIT
    }

    /** What becomes of offers that {@link Scheduler#onOffers} leaves alone. */
    public enum UnansweredOffers {
        /** They are declined, so that nobody starves for what is not used. */
        DECLINE,
        /** They stay the scheduler's, which must answer them some time. */
        KEEP
    }

    public SchedulerConfig {
        masters = List.copyOf(masters);
        if (masters.isEmpty()) {
            throw new IllegalArgumentException("masters is empty; name at least one, such as http://localhost:5050");
        }
    }

    /**
     * A framework of the role {@code *} that waits 10 minutes for its scheduler to come back.
     *
     * @param masters URLs or {@code host:port}
     * @throws IllegalArgumentException if one of them is no address of a master
     */
    public static SchedulerConfig of(String name, String... masters) {
        var framework = FrameworkInfo.newBuilder()
                .setName(name)
                .setUser(AGENTS_DEFAULT_USER)
                .setFailoverTimeout(seconds(DEFAULT_FAILOVER_TIMEOUT))
                .setCheckpoint(true)
                .addRoles(DEFAULT_ROLE);
        for (var capability : List.of(
                Capability.Type.MULTI_ROLE,
                Capability.Type.RESERVATION_REFINEMENT,
                Capability.Type.PARTITION_AWARE,
                Capability.Type.TASK_KILLING_STATE)) {
            framework.addCapabilities(Capability.newBuilder().setType(capability));
        }
        return new SchedulerConfig(
                Arrays.stream(masters).map(MasterAddress::parse).toList(),
                framework.build(),
                Optional.empty(),
                Credentials.none(),
                /* certificateAuthority= */ Optional.empty(),
                MediaType.PROTOBUF,
                Acknowledgement.AUTOMATIC,
                UnansweredOffers.DECLINE,
                Patience.DEFAULT);
    }

    /**
     * The same for a scheduler in a pod, whose masters, authority and credentials the environment names; see {@link
     * PodEnvironment}.
     *
     * @throws IllegalArgumentException if a variable is missing or makes no sense; the message names it
     */
    public static SchedulerConfig ofEnvironment(String name) {
        return PodEnvironment.of(System.getenv()).configure(name);
    }

    /** The roles that want offers, such as {@code eng/web}. */
    public SchedulerConfig withRoles(String... roles) {
        return withFramework(framework -> framework.clearRoles().addAllRoles(List.of(roles)));
    }

    /** The id under which an earlier run of this scheduler subscribed. */
    public SchedulerConfig withFrameworkId(FrameworkID id) {
        return withFramework(framework -> framework.setId(id));
    }

    /** How long tasks wait for a scheduler that is gone, before the master kills them. */
    public SchedulerConfig withFailoverTimeout(Duration timeout) {
        return withFramework(framework -> framework.setFailoverTimeout(seconds(timeout)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Changes anything else about the framework: user, labels, capabilities, the URL of its own page. */
    public SchedulerConfig withFramework(Consumer<FrameworkInfo.Builder> change) {
        var changed = framework.toBuilder();
        change.accept(changed);
        return new SchedulerConfig(
                masters,
                changed.build(),
                offerConstraints,
                credentials,
                certificateAuthority,
                mediaType,
                acknowledgement,
                unansweredOffers,
                patience);
    }

    /** Which agents to be offered, by role: what is not offered need not be declined. */
    public SchedulerConfig withOfferConstraints(OfferConstraints constraints) {
        return new SchedulerConfig(
                masters,
                framework,
                Optional.of(constraints),
                credentials,
                certificateAuthority,
                mediaType,
                acknowledgement,
                unansweredOffers,
                patience);
    }

    public SchedulerConfig withCredentials(Credentials changed) {
        return new SchedulerConfig(
                masters,
                framework,
                offerConstraints,
                changed,
                certificateAuthority,
                mediaType,
                acknowledgement,
                unansweredOffers,
                patience);
    }

    /** The PEM file of whom to trust to name masters, for https. It may be replaced while the driver runs. */
    public SchedulerConfig withCertificateAuthority(Path file) {
        return new SchedulerConfig(
                masters,
                framework,
                offerConstraints,
                credentials,
                Optional.of(file),
                mediaType,
                acknowledgement,
                unansweredOffers,
                patience);
    }

    public SchedulerConfig withMediaType(MediaType changed) {
        return new SchedulerConfig(
                masters,
                framework,
                offerConstraints,
                credentials,
                certificateAuthority,
                changed,
                acknowledgement,
                unansweredOffers,
                patience);
    }

    public SchedulerConfig withAcknowledgement(Acknowledgement changed) {
        return new SchedulerConfig(
                masters,
                framework,
                offerConstraints,
                credentials,
                certificateAuthority,
                mediaType,
                changed,
                unansweredOffers,
                patience);
    }

    public SchedulerConfig withUnansweredOffers(UnansweredOffers changed) {
        return new SchedulerConfig(
                masters,
                framework,
                offerConstraints,
                credentials,
                certificateAuthority,
                mediaType,
                acknowledgement,
                changed,
                patience);
    }

    public SchedulerConfig withPatience(Patience changed) {
        return new SchedulerConfig(
                masters,
                framework,
                offerConstraints,
                credentials,
                certificateAuthority,
                mediaType,
                acknowledgement,
                unansweredOffers,
                changed);
    }
}
