package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.policy.Admission;
import dev.proffer.master.core.policy.DeclaredRole;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.Tasks;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** UPDATE_FRAMEWORK. */
class UpdateFrameworkTest {
    private final MasterScenario master = new MasterScenario();
    private final TestScheduler scheduler = master.scheduler(info -> info.addRoles("eng")
            .addRoles("ops")
            .addCapabilitiesBuilder()
            .setType(FrameworkInfo.Capability.Type.MULTI_ROLE));

    private MasterEffect.Respond update(Consumer<Call.UpdateFramework.Builder> change) {
        return scheduler.call(Call.Type.UPDATE_FRAMEWORK, call -> {
            var update = call.getUpdateFrameworkBuilder().setFrameworkInfo(scheduler.info());
            change.accept(update);
        });
    }

    /** As in Mesos' UpdateFrameworkTest.OffersOnAddingRole and RescindOnRemovingRoles. */
    @Test
    void offersOfRemovedRolesAreRescindedAndAddedOnesGetSome() {
        var agent = master.registered("cpus:2");
        scheduler.subscribe();
        var offer = scheduler.lastOffer();
        assertThat(offer.getAllocationInfo().getRole()).isEqualTo("eng");

        var answer = update(call -> call.getFrameworkInfoBuilder().clearRoles().addRoles("night"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(scheduler.rescinded()).containsExactly(offer.getId());
        assertThat(scheduler.lastOffer().getAllocationInfo().getRole()).isEqualTo("night");
        assertThat(agent.frames(MasterFrame.BodyCase.UPDATE_FRAMEWORK))
                .as("it runs nothing there")
                .isEmpty();
    }

    @Test
    void agentsOfItsTasksHearOfTheChange() {
        var agent = master.registered("cpus:2");
        scheduler.subscribe();
        scheduler.launch(scheduler.lastOffer(), Tasks.task("t1", scheduler.lastOffer(), "cpus:1"));

        update(call -> {});
        assertThat(agent.frames(MasterFrame.BodyCase.UPDATE_FRAMEWORK))
                .as("nothing changed")
                .isEmpty();
        update(call -> call.getFrameworkInfoBuilder().setName("renamed"));

        assertThat(agent.frames(MasterFrame.BodyCase.UPDATE_FRAMEWORK)).hasSize(1);
        assertThat(master.snapshot().frameworks().getFirst().info().getName()).isEqualTo("renamed");
    }

    /** As in Mesos' UpdateFrameworkTest.SuppressedRoles. */
    @Test
    void suppressedRolesAreReplaced() {
        scheduler.subscription().addSuppressedRoles("eng");
        scheduler.subscribe();

        update(call -> call.addSuppressedRoles("ops"));

        var snapshot = master.snapshot().frameworks().getFirst();
        assertThat(snapshot.suppressed()).containsExactly(new RolePath("ops"));
        master.registered("cpus:1");
        assertThat(scheduler.lastOffer().getAllocationInfo().getRole()).isEqualTo("eng");
    }

    /** As in Mesos' UpdateFrameworkTest.MutableFieldsUpdateSuccessfully, the other way round. */
    @Test
    void userCheckpointAndPrincipalStayWhatTheyAre() {
        scheduler.as("alice").subscribe();

        assertThat(update(call -> call.getFrameworkInfoBuilder().setUser("root")))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(400))
                .satisfies(
                        answer -> assertThat(answer.text()).contains(".user'").contains("alice"));
        assertThat(update(call -> call.getFrameworkInfoBuilder().setCheckpoint(true))
                        .text())
                .contains(".checkpoint'");
        assertThat(update(call -> call.getFrameworkInfoBuilder().setPrincipal("bob"))
                        .text())
                .contains(".principal'");
        assertThat(update(call -> call.getFrameworkInfoBuilder().setPrincipal("alice"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anInvalidInfoIs400AndChangesNothing() {
        scheduler.subscribe();

        assertThat(update(call -> call.getFrameworkInfoBuilder().addRoles("/bad"))
                        .status())
                .isEqualTo(400);

        assertThat(master.snapshot().frameworks().getFirst().roles()).hasSize(2);
    }

    @Test
    void aRoleThatIsNotGrantedIs403() {
        var forAlice = DeclaredRole.DEFAULT.allowing(new Subject.User("alice"));
        master.apply(new MasterInput.PolicyChanged(Policy.OPEN
                .withAdmission(Admission.OPEN)
                .withRole(new RolePath("eng"), forAlice)
                .withRole(new RolePath("ops"), forAlice)
                .withRole(new RolePath("night"), DeclaredRole.DEFAULT.allowing(new Subject.User("bob")))));
        scheduler.as("alice").subscribe();

        var answer = update(call -> call.getFrameworkInfoBuilder().addRoles("night"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("'night'").contains("allowedSubjects");
    }
}
