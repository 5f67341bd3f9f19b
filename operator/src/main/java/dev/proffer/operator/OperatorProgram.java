package dev.proffer.operator;

import dev.proffer.operator.kubernetes.ConditionEvents;
import dev.proffer.operator.kubernetes.Events;
import dev.proffer.operator.plan.Release;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What reconcilers are built from. */
@Singleton
class OperatorProgram {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Release release(OperatorSettings settings) {
        var images = settings.images();
        return new Release(settings.version(), images.master(), images.agent(), images.holder());
    }

    @Produces
    @Singleton
    ConditionEvents events(KubernetesClient client, Clock clock, OperatorSettings settings) {
        return new ConditionEvents(new Events(client, clock, settings.name()));
    }
}
