package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.FileContent;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.ReadFile;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.FrameworkID;
import org.junit.jupiter.api.Test;

/** Whose wish to read a sandbox an agent grants. */
class SandboxReadTest {
    private static final ReadFile REQUEST = ReadFile.newBuilder()
            .setRequest(5)
            .setFrameworkId(FrameworkID.newBuilder().setValue("f1"))
            .setExecutorId(ExecutorID.newBuilder().setValue("t1"))
            .setPath("stdout")
            .setOffset(0)
            .setLength(10)
            .build();
    private static final FileContent CONTENT = FileContent.newBuilder()
            .setRequest(5)
            .setOutcome(FileContent.Outcome.READ)
            .build();

    private final AgentRig agent = new AgentRig();

    @Test
    void theMasterThatItObeysIsAnsweredInItsSession() {
        agent.ready();
        agent.frame(1, MasterFrame.newBuilder().setReadFile(REQUEST));
        assertThat(agent.effects(AgentEffect.ReadSandbox.class))
                .containsExactly(new AgentEffect.ReadSandbox(agent.link(), new AgentId(AgentRig.AGENT), REQUEST));

        agent.input(new AgentInput.FileRead(agent.link(), CONTENT));
        var answer = agent.sent().getLast();
        assertThat(answer.getFileContent()).isEqualTo(CONTENT);
        assertThat(answer.getTerm()).isEqualTo(1);
        assertThat(answer.getSession()).isEqualTo("session-1");
    }

    @Test
    void aMasterThatItDoesNotObeyIsNot() {
        agent.started().hello();
        agent.welcome(1, "master-1");
        agent.frame(1, MasterFrame.newBuilder().setReadFile(REQUEST));
        agent.registeredAfterHello(1);
        agent.frame(2, MasterFrame.newBuilder().setReadFile(REQUEST));
        assertThat(agent.effects(AgentEffect.ReadSandbox.class)).isEmpty();
    }

    @Test
    void whatWasReadForALinkThatIsGoneIsDropped() {
        agent.ready();
        var before = agent.link();
        agent.closeLink();
        agent.input(new AgentInput.FileRead(before, CONTENT));
        assertThat(agent.sent()).noneMatch(AgentFrame::hasFileContent);
    }
}
