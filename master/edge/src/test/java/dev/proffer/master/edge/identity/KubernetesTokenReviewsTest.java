package dev.proffer.master.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.edge.identity.TokenReviews.Review;
import dev.proffer.model.Principal;
import io.fabric8.kubernetes.api.model.authentication.UserInfoBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubernetesTokenReviewsTest {
    /** Such as an identity provider's, in which people may name groups as they like. */
    @Test
    void groupsThatMastersAloneGiveAreStruckOutOfReviews() {
        var user = new UserInfoBuilder()
                .withUsername("mallory")
                .withGroups("devs", "proffer:framework:team-a/batch", "proffer:", "proffers")
                .build();
        assertThat(KubernetesTokenReviews.accepted(user))
                .isEqualTo(
                        new Review.Accepted(new Principal("mallory", List.of("devs", "proffers")), Optional.empty()));
    }
}
