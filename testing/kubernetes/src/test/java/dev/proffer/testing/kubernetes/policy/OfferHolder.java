package dev.proffer.testing.kubernetes.policy;

import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.driver.SchedulerDriver;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A framework that holds whatever it is offered, and remembers it. */
final class OfferHolder implements Scheduler, AutoCloseable {
    private final List<Offer> offers = new CopyOnWriteArrayList<>();
    private final List<OfferID> rescinded = new CopyOnWriteArrayList<>();
    private final SchedulerDriver driver;

    OfferHolder(URI master) {
        this.driver = new SchedulerDriver(
                this,
                SchedulerConfig.of("holder", master.getAuthority())
                        .withFailoverTimeout(Duration.ofMinutes(10))
                        .withUnansweredOffers(SchedulerConfig.UnansweredOffers.KEEP));
        Thread.ofVirtual().start(driver::run);
    }

    List<Offer> offers() {
        return List.copyOf(offers);
    }

    List<OfferID> rescinded() {
        return List.copyOf(rescinded);
    }

    /** What the last offer says; empty without an offer or such an attribute. */
    Optional<String> attribute(String name) {
        return offers.isEmpty()
                ? Optional.empty()
                : offers.getLast().getAttributesList().stream()
                        .filter(attribute -> attribute.getName().equals(name))
                        .map(attribute -> attribute.getText().getValue())
                        .findFirst();
    }

    @Override
    public void onOffers(Master master, List<Offer> fresh) {
        offers.addAll(fresh);
    }

    @Override
    public void onOfferRescinded(Master master, OfferID offer) {
        rescinded.add(offer);
    }

    @Override
    public void onUpdate(Master master, TaskStatus status) {}

    @Override
    public void close() {
        driver.close();
    }
}
