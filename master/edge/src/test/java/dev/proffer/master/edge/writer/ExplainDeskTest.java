package dev.proffer.master.edge.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.model.FrameworkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExplainDeskTest {
    private final List<MasterInput.ExplainRequested> asked = new ArrayList<>();
    private boolean room = true;
    private final ExplainDesk desk = new ExplainDesk(2, input -> {
        asked.add((MasterInput.ExplainRequested) input);
        return room;
    });

    private CompletableFuture<Explained> ask(String framework) {
        return desk.ask(new FrameworkId(framework), Optional.empty(), Optional.empty())
                .toCompletableFuture();
    }

    @Test
    void eachGetsTheAnswerToItsOwnQuestion() {
        var first = ask("f1");
        var second = ask("f2");

        desk.answer(new MasterEffect.Explain(asked.getLast().request(), new Explained.Unknown("no f2")));

        assertThat(second).isCompletedWithValue(new Explained.Unknown("no f2"));
        assertThat(first).isNotDone();
        assertThat(asked.getFirst().framework()).isEqualTo(new FrameworkId("f1"));
    }

    @Test
    void onlySoManyAskAtATime() {
        var first = ask("f1");
        assertThat(ask("f2")).isNotDone();
        assertThat(ask("f3")).isCompletedExceptionally();

        desk.answer(new MasterEffect.Explain(asked.getFirst().request(), new Explained.Unknown("")));

        assertThat(first).isCompleted();
        assertThat(ask("f3")).isNotDone();
    }

    @Test
    void whoFindsTheInboxFullTakesNobodysPlace() {
        room = false;
        assertThat(ask("f1")).isCompletedExceptionally();
        assertThat(ask("f1")).isCompletedExceptionally();
        room = true;

        assertThat(ask("f1")).isNotDone();
    }

    @Test
    void whoStillWaitsAtTheEndOfTheTermIsToldSo() {
        var waiting = ask("f1");

        desk.close();

        assertThat(waiting).isCompletedExceptionally();
        assertThat(ask("f2")).isCompletedExceptionally();
    }
}
